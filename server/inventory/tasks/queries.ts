import { sql } from "kysely";
import type { Role } from "../../foundation/auth/principal.ts";
import type { Executor } from "../../foundation/database/database.ts";
import { all, nameOf, utcOf } from "../queries.ts";

export const taskStates = ["open", "done", "cancelled"] as const;
export type TaskState = (typeof taskStates)[number];

export interface TaskRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly note: string | null;
  readonly productId: string | null;
  readonly owner: string | null;
  readonly ownerName: string | null;
  readonly dueAt: string | null;
  readonly state: TaskState;
  readonly createdBy: string;
  readonly createdByName: string | null;
  readonly createdAt: string;
  readonly closedBy: string | null;
  readonly closedAt: string | null;
}

const columns = sql`
  id, kind, title, note, product_id as "productId", owner, ${nameOf(sql`owner`)} as "ownerName",
  ${utcOf(sql`due_at`)} as "dueAt", state,
  created_by as "createdBy", ${nameOf(sql`created_by`)} as "createdByName",
  ${utcOf(sql`created_at`)} as "createdAt", closed_by as "closedBy",
  ${utcOf(sql`closed_at`)} as "closedAt"
`;

export interface TaskFilter {
  readonly state?: TaskState | undefined;
  readonly kind?: string | undefined;
  /** A user's id; `null`: nobody's. */
  readonly owner?: string | null | undefined;
  readonly dueBefore?: string | undefined;
  readonly sort: "newest" | "due";
}

/** What sorts after every date. */
const noDate = "9999-12-31T00:00:00.000Z";
const due = sql`coalesce(due_at, ${noDate}::timestamptz)`;

/** Where a list goes on, by whatever it is sorted. */
export const taskKey = ({ id, dueAt }: TaskRow): readonly string[] => [id, dueAt ?? noDate];

/** Newest first, or what is due soonest first and what has no date last; after the key last seen. */
export async function listTasks(
  tx: Executor,
  filter: TaskFilter,
  after: readonly string[] | null,
  limit: number,
): Promise<readonly TaskRow[]> {
  const conditions = [
    ...(filter.state === undefined ? [] : [sql`state = ${filter.state}`]),
    ...(filter.kind === undefined ? [] : [sql`kind = ${filter.kind}`]),
    ...(filter.owner === undefined ? [] : [sql`owner is not distinct from ${filter.owner}`]),
    ...(filter.dueBefore === undefined ? [] : [sql`due_at < ${filter.dueBefore}::timestamptz`]),
    ...(after === null ? [] : [afterKey(filter.sort, after)]),
  ];
  const { rows } = await sql<TaskRow>`
    select ${columns} from inventory.tasks where ${all(conditions)}
    order by ${filter.sort === "due" ? sql`date_trunc('milliseconds', ${due}), id` : sql`id desc`} limit ${limit}
  `.execute(tx);
  return rows;
}

function afterKey(sort: TaskFilter["sort"], [id = null, dueAt = null]: readonly (string | null)[]) {
  return sort === "due"
    ? sql`(date_trunc('milliseconds', ${due}), id) > (${dueAt}::timestamptz, ${id}::uuid)`
    : sql`id < ${id}::uuid`;
}

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** The shop's own people, by name. */
export async function listPeople(tx: Executor): Promise<readonly PersonRow[]> {
  const { rows } = await sql<PersonRow>`select id, name, role from inventory.shop_people()`.execute(tx);
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
