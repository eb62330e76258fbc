import type { Foundation } from "../../foundation.ts";
import { sweepWorkers } from "./queries.ts";
import type { WorkerRegistration } from "./worker-registration.ts";

/** When a worker is taken for dead. */
export interface LivenessLimits {
  readonly sweepIntervalMs: number;
  /** How long a worker's lock may be free before it is taken for dead. */
  readonly missingGraceMs: number;
  /** How long a worker that holds its lock may give no sign. */
  readonly frozenAfterMs: number;
  /** How long nobody is judged after the database, or our way to it, came back: the others need that, too. */
  readonly restartGraceMs: number;
  /** A job whose worker died so often while it ran is dead. */
  readonly killsMax: number;
}

/** A killed worker is found after 0.5 to 1 s: one sweep sees its lock free, the next one that it stays free. */
export const livenessDefaults: LivenessLimits = {
  sweepIntervalMs: 500,
  missingGraceMs: 400,
  frozenAfterMs: 30_000,
  restartGraceMs: 3_000,
  killsMax: 5,
};

export interface BurialWatch {
  readonly foundation: Foundation;
  readonly limits: LivenessLimits;
  /** Our own; while it does not stand for long enough, we judge nobody. */
  readonly registration: () => WorkerRegistration | null;
}

/** Buries workers that are no more, if this process can tell. */
export async function buryDeadWorkers({ foundation, limits, registration }: BurialWatch): Promise<void> {
  // Whatever cut us off may have cut off everyone. A process that has only just come does not wait: the server's own
  // start is looked at by the sweep.
  const own = registration();
  if (own === null || !own.isCertain || (own.wasCutOff && own.connectedForMs < limits.restartGraceMs)) return;
  for (const { workerId, reason, jobIds } of await sweepWorkers(foundation.database.db, limits)) {
    foundation.log.warn({ workerId, reason, jobIds }, "a worker was no more; its jobs were given back");
  }
}
