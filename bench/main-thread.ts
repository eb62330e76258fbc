import type { Page } from "playwright-core";

/** One line of Chromium's trace, as far as it is looked at; `tdur` is in microseconds of the thread's own time. */
interface TraceEvent {
  readonly name?: string;
  readonly ph?: string;
  readonly pid?: number;
  readonly tid?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

export interface FollowedThread {
  /** Ends the trace; how long each task was at work, in milliseconds. */
  readonly tasksMs: () => Promise<readonly number[]>;
}

/**
 * Follows the tasks of a page's main thread by the processor time that they take, which no other process on the machine
 * lengthens: a long task that took little of it waited for a processor.
 */
export async function followMainThread(page: Page): Promise<FollowedThread> {
  const devtools = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  devtools.on("Tracing.dataCollected", ({ value }) => {
    for (const event of value) events.push(event);
  });
  await devtools.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["toplevel"], excludedCategories: ["*"] },
  });
  return {
    tasksMs: async () => {
      const isComplete = new Promise((resolve) => devtools.once("Tracing.tracingComplete", resolve));
      await devtools.send("Tracing.end");
      await isComplete;
      await devtools.detach();
      return tasksOf(events);
    },
  };
}

/** The tracing page's renderer has its name in the trace, and its tasks are the outermost of two that share a name. */
function tasksOf(events: readonly TraceEvent[]): readonly number[] {
  const main = events.find(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain");
  if (main === undefined) throw new Error("Chromium traced no page");
  return events
    .filter(({ name, ph, pid, tid }) => name === taskName && ph === "X" && pid === main.pid && tid === main.tid)
    .map(({ tdur = 0 }) => tdur / 1000);
}

const taskName = "ThreadControllerImpl::RunTask";
