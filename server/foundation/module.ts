import type { OpenAPIHono } from "@hono/zod-openapi";
import type { z } from "zod";
import type { Foundation } from "./foundation.ts";
import type { LargeBody } from "./http/body-limit.ts";
import type { HttpEnv } from "./http/http-env.ts";
import { PermanentFailure } from "./jobs/failure.ts";
import type { Logger } from "./telemetry/logger.ts";

/**
 * What every module exports from its `index.ts` (architecture, *One shape for every module*). `application.ts` lists
 * the modules and registers what they declare; nothing in the foundation knows one of them.
 */
export interface Module {
  readonly name: string;
  /** Adds the module's endpoints to `app`, under `/v1`. */
  readonly routes?: (app: OpenAPIHono<HttpEnv>, foundation: Foundation) => void;
  readonly tasks?: readonly Task[];
  readonly schedules?: readonly Schedule[];
  readonly audits?: readonly Audit[];
  readonly settings?: readonly SettingDefinition[];
  readonly topics?: readonly Topic[];
  readonly healthChecks?: readonly HealthCheck[];
  /** Prefixes of object keys (each ends in `/`) that `GET /media/…` gives to anyone who knows the key. */
  readonly publicMedia?: readonly string[];
  /** Paths that take JSON of more than the usual 1 MiB. */
  readonly largeBodies?: readonly LargeBody[];
  /** Once per process, after the migrations and before anything runs. */
  readonly start?: (foundation: Foundation) => Promise<void>;
  /** Once per server process, after `start`, and not for commands: what a shop that opens sets going. */
  readonly serve?: (foundation: Foundation) => Promise<void>;
}

/** The three outcomes of all background work (craft, rule 7). To fail, throw. */
export type Outcome = { readonly status: "done" } | { readonly status: "skipped"; readonly reason: string };

export interface TaskContext {
  readonly foundation: Foundation;
  /** Aborted at the task's time limit and when the worker has to stop. */
  readonly signal: AbortSignal;
  readonly jobId: string;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly attemptsMax: number;
  /** True when no further try follows a failure of this one. */
  readonly isLastAttempt: boolean;
  readonly workerId: string;
  readonly traceId: string;
  readonly log: Logger;
}

/** A kind of background work. Made with `defineTask`, so that the payload is parsed before `run` sees it. */
export interface Task {
  /** What SQL passes to `graphile_worker.add_job`, e.g. `generate-thumbnails`. */
  readonly name: string;
  readonly timeLimitMs: number;
  readonly attemptsMax: number;
  readonly run: (payload: unknown, context: TaskContext) => Promise<Outcome>;
  /**
   * Called in a transaction of its own when a job has used up its tries (or failed in a way that no try can help, or
   * killed its worker each time), so that the row it worked on never stays "processing". Must be safe to repeat.
   */
  readonly onDead?: (payload: unknown, failure: TaskFailure, foundation: Foundation) => Promise<void>;
}

export interface TaskFailure {
  readonly code: string;
  readonly message: string;
  readonly attempts: number;
}

export interface TaskDefinition<Payload> {
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  readonly timeLimitMs: number;
  readonly attemptsMax: number;
  readonly run: (payload: Payload, context: TaskContext) => Promise<Outcome>;
  readonly onDead?: (payload: Payload, failure: TaskFailure, foundation: Foundation) => Promise<void>;
}

/**
 * Binds a task to the shape of its payload; one that does not parse fails once, with `VALIDATION_FAILED`. Nothing can be
 * known from such a payload, so `onDead` is not called for it.
 */
export function defineTask<Payload>(definition: TaskDefinition<Payload>): Task {
  const { payload: shape, onDead } = definition;
  return {
    name: definition.name,
    timeLimitMs: definition.timeLimitMs,
    attemptsMax: definition.attemptsMax,
    run: async (payload, context) => {
      const parsed = shape.safeParse(payload);
      if (parsed.success) return definition.run(parsed.data, context);
      const issue = parsed.error.issues[0];
      throw new PermanentFailure("VALIDATION_FAILED", `${issue?.path.join(".") || "The payload"}: ${issue?.message}`);
    },
    ...(onDead && {
      onDead: async (payload: unknown, failure: TaskFailure, foundation: Foundation) => {
        const parsed = shape.safeParse(payload);
        if (parsed.success) await onDead(parsed.data, failure, foundation);
      },
    }),
  };
}

/** Work that the clock starts, in the shop's time zone. */
export interface Schedule {
  /** e.g. `thumbnail_audit` (contracts, *Operations*). */
  readonly name: string;
  /** Five fields, as of cron; a sixth before them is for seconds. */
  readonly cron: string;
  readonly timeLimitMs: number;
  /** After all replicas were away: run the latest missed tick once (`latest`), or wait for the next (`none`). */
  readonly missedTicks: "latest" | "none";
  readonly run: (context: ScheduleContext) => Promise<ScheduleReport>;
}

export interface ScheduleContext {
  readonly foundation: Foundation;
  readonly signal: AbortSignal;
  readonly scheduledAt: Date;
  readonly log: Logger;
}

/** Counts of what the run did, kept in the run log as they are. */
export type ScheduleReport = Readonly<Record<string, number>>;

/** A sweep that looks for what went wrong and puts it right. Run by schedules and by `bodega audit [--repair]`. */
export interface Audit {
  readonly name: string;
  readonly run: (context: AuditContext) => Promise<AuditReport>;
}

export interface AuditContext {
  readonly foundation: Foundation;
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** False: look and count, change nothing (dry run). */
  readonly repair: boolean;
  /** True: look at everything; false: one slice of it, going on where the last run stopped. */
  readonly full: boolean;
}

export interface AuditReport {
  readonly checked: number;
  readonly found: number;
  readonly repaired: number;
}

export interface SettingDefinition<Value = unknown> {
  /** e.g. `images.webpPolicy`. */
  readonly key: string;
  readonly schema: z.ZodType<Value>;
  readonly fallback: Value;
  readonly description: string;
  /** Whether `app_settings_public` shows it. */
  readonly isPublic: boolean;
}

/** A stream of events that callers may follow at `GET /v1/events?topics=…`. */
export interface Topic {
  readonly name: string;
  readonly permission: import("./auth/permissions.ts").Permission;
}

export interface HealthCheck {
  readonly name: string;
  /** Throws when unhealthy; answers what an operator wants to read. Bounded by `signal`. */
  readonly check: (foundation: Foundation, signal: AbortSignal) => Promise<Readonly<Record<string, unknown>>>;
}
