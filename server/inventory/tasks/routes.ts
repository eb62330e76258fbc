import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { roles } from "../../foundation/auth/principal.ts";
import type { Executor } from "../../foundation/database/database.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { bearer, jsonAnswer, jsonBody, problemResponses } from "../../foundation/http/openapi.ts";
import { problems } from "../../foundation/problem.ts";
import { answerOnce } from "../answer-once.ts";
import { registerList } from "../list.ts";
import { idParam, personName, text, time } from "../schemas.ts";
import {
  changeTask,
  createTask,
  findTask,
  listPeople,
  listTasks,
  type TaskRow,
  taskKey,
  taskStates,
} from "./queries.ts";

const tag = "Tasks";

const taskSchema = z
  .object({
    id: z.uuid(),
    kind: z.string().openapi({ description: "`manual`, or what the shop found: `low`, `out`, `expiring`." }),
    title: z.string(),
    note: z.string().nullable(),
    productId: z.uuid().nullable(),
    owner: z.string().nullable().openapi({ description: "A user's id; null: whoever comes first." }),
    ownerName: personName,
    dueAt: time.nullable(),
    state: z.enum(taskStates),
    createdBy: z.string(),
    createdByName: personName,
    createdAt: time,
    closedBy: z.string().nullable(),
    closedAt: time.nullable(),
  })
  .openapi("Task");

const title = text.trim().min(1).max(300);
const note = text.trim().max(2000).nullish();
const owner = text.min(1).max(255).nullish();
const dueAt = z.iso.datetime({ offset: true }).nullish();

const creationRoute = createRoute({
  method: "post",
  path: "/v1/tasks",
  tags: [tag],
  summary: "Note something to be done",
  security: bearer,
  middleware: [authorise("stock:reserve")] as const,
  request: { body: jsonBody(z.strictObject({ title, note, productId: z.uuid().nullish(), owner, dueAt })) },
  responses: { 201: jsonAnswer(taskSchema, "The task."), ...problemResponses(400, 401, 403, 404, 415, 422, 429) },
});

const changeRoute = createRoute({
  method: "patch",
  path: "/v1/tasks/{id}",
  tags: [tag],
  summary: "Give a task to someone, move its date, close it",
  security: bearer,
  middleware: [authorise("stock:reserve")] as const,
  request: {
    params: idParam,
    body: jsonBody(z.strictObject({ title, note, owner, dueAt, state: z.enum(taskStates) }).partial()),
  },
  responses: { 200: jsonAnswer(taskSchema, "The task."), ...problemResponses(400, 401, 403, 404, 409, 415, 422, 429) },
});

const filter = z.object({
  state: z.enum(taskStates).optional(),
  kind: z.string().max(41).optional(),
  owner: z.string().max(255).optional().openapi({ description: "A user's id, `me`, or `none`." }),
  dueBefore: z.iso.datetime({ offset: true }).optional(),
  sort: z
    .enum(["newest", "due"])
    .default("newest")
    .openapi({ description: "`due`: what is due soonest first, what has no date last." }),
});

const peopleSchema = z
  .object({ items: z.array(z.object({ id: z.uuid(), name: z.string(), role: z.enum(roles) })) })
  .openapi("ShopPeople");

const peopleRoute = createRoute({
  method: "get",
  path: "/v1/tasks/people",
  tags: [tag],
  summary: "Whom a task can be given to",
  description: "The shop's own people of the embedded identity, by name; nobody where an outside issuer has them.",
  security: bearer,
  middleware: [authorise("stock:reserve")] as const,
  responses: { 200: jsonAnswer(peopleSchema, "The people."), ...problemResponses(401, 403, 429) },
});

export function registerTaskRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  registerList<z.infer<typeof filter>, TaskRow>(app, foundation, {
    path: "/v1/tasks",
    tag,
    summary: "What people have to do",
    permission: "stock:reserve",
    filter,
    item: taskSchema,
    fetch: (tx, wanted, after, limit, principal) =>
      listTasks(tx, { ...wanted, owner: ownerOf(wanted.owner, principal.userId) }, after, limit),
    keyOf: taskKey,
    csv: {
      name: "tasks",
      columns: {
        kind: ({ kind }) => ({ text: kind }),
        title: (task) => ({ text: task.title }),
        owner: (task) => ({ text: task.ownerName ?? task.owner }),
        due_at: (task) => ({ text: task.dueAt }),
        state: ({ state }) => ({ text: state }),
        note: (task) => ({ text: task.note }),
      },
    },
  });

  app.openapi(peopleRoute, async (c) => {
    const items = [...(await foundation.database.readAs(c.get("principal"), listPeople))];
    return c.json({ items }, 200);
  });

  app.openapi(creationRoute, (c) => {
    const given = c.req.valid("json");
    const task = {
      title: given.title,
      note: given.note ?? null,
      productId: given.productId ?? null,
      owner: given.owner ?? null,
      dueAt: given.dueAt ?? null,
    };
    return answerOnce(c, foundation, given, async (tx) => requireTask(tx, await createTask(tx, task)));
  });

  app.openapi(changeRoute, (c) => {
    const { id } = c.req.valid("param");
    const given = c.req.valid("json");
    const work = async (tx: Executor) => {
      await changeTask(tx, id, given);
      return requireTask(tx, id);
    };
    return answerOnce(c, foundation, given, work, { status: 200 });
  });
}

function ownerOf(wanted: string | undefined, userId: string): string | null | undefined {
  if (wanted === "none") return null;
  return wanted === "me" ? userId : wanted;
}

async function requireTask(tx: Executor, id: string): Promise<TaskRow> {
  const task = await findTask(tx, id);
  if (task === null) throw problems.NOT_FOUND("No task has this id.");
  return task;
}
