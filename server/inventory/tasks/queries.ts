import { sql } from "kysely";
import type { Executor } from "../../foundation/database/database.ts";
import { all, utcOf } from "../queries.ts";

export const taskStates = ["open", "done", "cancelled"] as const;
export type TaskState = (typeof taskStates)[number];

export interface TaskRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly note: string | null;
  readonly productId: string | null;
  readonly owner: string | null;
  readonly dueAt: string | null;
  readonly state: TaskState;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly closedBy: string | null;
  readonly closedAt: string | null;
}

const columns = sql`
  id, kind, title, note, product_id as "productId", owner, ${utcOf(sql`due_at`)} as "dueAt", state,
  created_by as "createdBy", ${utcOf(sql`created_at`)} as "createdAt", closed_by as "closedBy",
  ${utcOf(sql`closed_at`)} as "closedAt"
`;

export interface TaskFilter {
  readonly state?: TaskState | undefined;
  readonly kind?: string | undefined;
  /** A user's id; `null`: nobody's. */
  readonly owner?: string | null | undefined;
  readonly dueBefore?: string | undefined;
}

/** Newest first, after the id last seen. */
export async function listTasks(
  tx: Executor,
  filter: TaskFilter,
  after: string | null,
  limit: number,
): Promise<readonly TaskRow[]> {
  const conditions = [
    ...(filter.state === undefined ? [] : [sql`state = ${filter.state}`]),
    ...(filter.kind === undefined ? [] : [sql`kind = ${filter.kind}`]),
    ...(filter.owner === undefined ? [] : [sql`owner is not distinct from ${filter.owner}`]),
    ...(filter.dueBefore === undefined ? [] : [sql`due_at < ${filter.dueBefore}::timestamptz`]),
    ...(after === null ? [] : [sql`id < ${after}::uuid`]),
  ];
  const { rows } = await sql<TaskRow>`
    select ${columns} from inventory.tasks where ${all(conditions)} order by id desc limit ${limit}
  `.execute(tx);
  return rows;
}

export async function findTask(tx: Executor, id: string): Promise<TaskRow | null> {
  const { rows } = await sql<TaskRow>`select ${columns} from inventory.tasks where id = ${id}::uuid`.execute(tx);
  return rows[0] ?? null;
}

export async function createTask(
  tx: Executor,
  task: {
    readonly title: string;
    readonly note: string | null;
    readonly productId: string | null;
    readonly owner: string | null;
    readonly dueAt: string | null;
  },
): Promise<string> {
  const { rows } = await sql<{ readonly id: string }>`
    select inventory.create_task(
      ${task.title}, ${task.note}, ${task.productId}::uuid, ${task.owner}, ${task.dueAt}::timestamptz
    ) as id
  `.execute(tx);
  return rows[0]?.id ?? "";
}

export async function changeTask(tx: Executor, id: string, change: object): Promise<void> {
  await sql`select inventory.change_task(${id}::uuid, ${JSON.stringify(change)}::jsonb)`.execute(tx);
}
