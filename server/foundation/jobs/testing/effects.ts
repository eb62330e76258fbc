import { sql } from "kysely";
import { z } from "zod";
import type { Executor } from "../../database/database.ts";
import { defineTask, type Task } from "../../module.ts";

/** What the tests' tasks did, kept where every process sees it. */
export interface Effect {
  readonly jobId: string;
  readonly name: string;
  readonly pid: number;
  readonly phase: "started" | "ended" | "dead";
}

export async function createEffects(db: Executor): Promise<void> {
  await sql`create table public.effects (at bigserial, job_id text, name text, pid int, phase text)`.execute(db);
}

export async function recordEffect(db: Executor, effect: Effect): Promise<void> {
  await sql`
    insert into public.effects (job_id, name, pid, phase)
    values (${effect.jobId}, ${effect.name}, ${effect.pid}, ${effect.phase})
  `.execute(db);
}

export async function effectsOf(db: Executor, name: string): Promise<readonly Effect[]> {
  const { rows } = await sql<Effect>`
    select job_id as "jobId", name, pid, phase from public.effects where name = ${name} order by at
  `.execute(db);
  return rows;
}

/**
 * `act`, told by its payload what to do: end at once, hang in the processes `hangIn` (anywhere else it ends), take some
 * time, or kill its process.
 */
export const actTask: Task = defineTask({
  name: "act",
  payload: z.object({
    name: z.string(),
    hangIn: z.array(z.number()).optional(),
    busyMs: z.number().optional(),
    isPoison: z.boolean().optional(),
  }),
  timeLimitMs: 60_000,
  attemptsMax: 8,
  run: async ({ name, hangIn, busyMs, isPoison }, { foundation, jobId, signal }) => {
    const { db } = foundation.database;
    await recordEffect(db, { jobId, name, pid: process.pid, phase: "started" });
    if (isPoison === true) process.kill(process.pid, "SIGKILL");
    if (hangIn?.includes(process.pid)) await new Promise((_, reject) => signal.addEventListener("abort", reject));
    if (busyMs !== undefined) await new Promise((resolve) => setTimeout(resolve, busyMs));
    await recordEffect(db, { jobId, name, pid: process.pid, phase: "ended" });
    return { status: "done" };
  },
  onDead: async ({ name }, failure, foundation) => {
    await recordEffect(foundation.database.db, { jobId: failure.code, name, pid: process.pid, phase: "dead" });
  },
});
