import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** A real process of ours, for tests that kill it. */
export interface TestProcess {
  readonly pid: number;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly exited: Promise<unknown>;
}

/** Starts `script` and waits until it sends `ready`. */
export async function startProcess(script: URL, env: Readonly<Record<string, string>>): Promise<TestProcess> {
  const child: ChildProcess = fork(script, { env: { ...process.env, ...env }, execArgv: [] });
  const exited = once(child, "exit");
  const first = await Promise.race([once(child, "message"), exited.then(([code]) => [`exit ${code}`])]);
  if (first[0] !== "ready" || child.pid === undefined) throw new Error(`The process did not start: ${first[0]}`);
  return { pid: child.pid, kill: (signal) => child.kill(signal), exited };
}

/** Asks again until the answer is something; bounded by the test's own time limit. */
export async function eventually<T>(ask: () => Promise<T | null | undefined | false>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
