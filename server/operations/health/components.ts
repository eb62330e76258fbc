import type { Foundation } from "../../foundation/foundation.ts";
import { Schedules } from "../../foundation/schedules/schedules.ts";
import { readDatabaseFacts } from "../queries.ts";
import type { EventLoopWatch } from "./event-loop-watch.ts";

/** `degraded` works, but a person should look; `failing` keeps the shop from its work, or soon will. */
export const componentStates = ["ok", "degraded", "failing"] as const;
export type ComponentState = (typeof componentStates)[number];

export interface Finding {
  readonly state: ComponentState;
  /** One sentence for a person. */
  readonly summary: string;
  readonly facts: Readonly<Record<string, number | string>>;
}

export interface Component {
  readonly name: string;
  /** What it costs of the 100 points when it fails; half of it when it is degraded. */
  readonly weight: number;
  /** Throws when it cannot even be asked, which is failing too. */
  readonly examine: (foundation: Foundation, signal: AbortSignal) => Promise<Finding>;
}

const connectionsWarning = 0.8;
const backlogSecondsWarning = 60;
const backlogSecondsMax = 300;
const loopDelayMsWarning = 200;
const loopDelayMsMax = 1_000;
const failedRunAgeMsMax = 8 * 86_400_000;

const database: Component = {
  name: "database",
  weight: 40,
  examine: async ({ database }) => {
    const beganAt = performance.now();
    const facts = await readDatabaseFacts(database.db);
    const answeredMs = Math.round((performance.now() - beganAt) * 10) / 10;
    const isCrowded = facts.connections >= facts.connectionsMax * connectionsWarning;
    return {
      state: isCrowded ? "degraded" : "ok",
      summary: isCrowded
        ? `${facts.connections} of ${facts.connectionsMax} connections are taken.`
        : `PostgreSQL ${facts.version} answers.`,
      facts: { ...facts, answeredMs },
    };
  },
};

const store: Component = {
  name: "store",
  weight: 20,
  examine: async ({ store }, signal) => {
    const beganAt = performance.now();
    await store.probe(signal);
    return {
      state: "ok",
      summary: `An object was written, read and removed in the ${store.description}.`,
      facts: { store: store.description, probeMs: Math.round(performance.now() - beganAt) },
    };
  },
};

const queue: Component = {
  name: "queue",
  weight: 20,
  examine: async ({ jobs }) => {
    const { byState, oldestWaitingSeconds } = await jobs.counts();
    const workers = (await jobs.countWorkers()).jobs;
    const facts = { ...byState, oldestWaitingSeconds: Math.round(oldestWaitingSeconds), workers };
    if (workers === 0) return { state: "failing", summary: "No process works on the queue.", facts };
    if (oldestWaitingSeconds >= backlogSecondsMax) {
      return { state: "failing", summary: `A job waits for ${facts.oldestWaitingSeconds} s.`, facts };
    }
    if (oldestWaitingSeconds >= backlogSecondsWarning) {
      return { state: "degraded", summary: `A job waits for ${facts.oldestWaitingSeconds} s.`, facts };
    }
    if (byState.dead > 0) return { state: "degraded", summary: `${byState.dead} jobs failed for good.`, facts };
    return { state: "ok", summary: "Jobs start as they come.", facts };
  },
};

const schedules: Component = {
  name: "schedules",
  weight: 10,
  examine: async ({ database, jobs }) => {
    const all = await new Schedules({ database }).list();
    const processes = (await jobs.countWorkers()).schedules;
    const failed = all.filter(
      ({ lastRun }) => lastRun?.status === "failed" && Date.now() - lastRun.startedAt.getTime() < failedRunAgeMsMax,
    );
    const paused = all.filter(({ pausedAt }) => pausedAt !== null).length;
    const facts = { schedules: all.length, failed: failed.length, paused, processes };
    if (processes === 0) return { state: "failing", summary: "No process runs the schedules.", facts };
    if (failed.length > 0) {
      const names = failed.map(({ name }) => name).join(", ");
      return { state: "degraded", summary: `The last run failed of: ${names}.`, facts };
    }
    return { state: "ok", summary: paused === 0 ? "All run." : `All run but ${paused} that are paused.`, facts };
  },
};

const incidents: Component = {
  name: "incidents",
  weight: 5,
  examine: async ({ incidents }) => {
    const counts = await incidents.countUnresolved();
    const state = counts.critical > 0 ? "failing" : counts.warning > 0 ? "degraded" : "ok";
    const summary =
      state === "ok" ? "None that needs a person." : `${counts.critical} critical and ${counts.warning} warnings wait.`;
    return { state, summary, facts: { ...counts } };
  },
};

/** Of the process that is asked alone. */
const eventLoop = (watch: EventLoopWatch): Component => ({
  name: "event-loop",
  weight: 5,
  examine: async () => {
    const delay = watch.read();
    const state = delay.p99Ms >= loopDelayMsMax ? "failing" : delay.p99Ms >= loopDelayMsWarning ? "degraded" : "ok";
    return {
      state,
      summary: `Of a hundred turns, ninety-nine were less than ${delay.p99Ms} ms late.`,
      facts: { ...delay },
    };
  },
});

/** In the order in which a person would look; the weights sum up to 100. */
export const componentsOf = (watch: EventLoopWatch): readonly Component[] => [
  database,
  queue,
  schedules,
  store,
  eventLoop(watch),
  incidents,
];
