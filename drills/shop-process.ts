import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface ShopProcessOptions {
  /** `api-1`, `worker-2`: what the plan calls it, and its log file. */
  readonly name: string;
  readonly script: URL;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFolder: string;
}

interface Incarnation {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly exited: Promise<unknown>;
}

/** A heavily loaded machine takes long to start a process; one that never says that it runs is a fault. */
const startMsMax = 240_000;
const shownLinesMax = 15;

/** One real process of the shop, which can be killed, frozen and started again under the same name and port. */
export class ShopProcess {
  readonly name: string;
  readonly #options: ShopProcessOptions;
  #now: Incarnation | null = null;
  #url: string | null = null;
  #latest: string[] = [];

  constructor(options: ShopProcessOptions) {
    this.name = options.name;
    this.#options = options;
  }

  get pid(): number {
    if (this.#now === null) throw new Error(`${this.name} does not run.`);
    return this.#now.pid;
  }

  /** Where it serves; only of a process with the role `api`, and the same after every start. */
  get url(): string {
    if (this.#url === null) throw new Error(`${this.name} serves nothing.`);
    return this.#url;
  }

  get isRunning(): boolean {
    return this.#now !== null && this.#now.child.exitCode === null && this.#now.child.signalCode === null;
  }

  /** Starts it and waits until it says that it runs. Throws with its last lines when it does not come so far. */
  async start(): Promise<void> {
    const port = this.#url === null ? "0" : new URL(this.#url).port;
    const child = spawn(process.execPath, [this.#options.script.pathname], {
      env: { ...this.#options.environment, PORT: port },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const exited = once(child, "exit");
    await once(child, "spawn");
    if (child.pid === undefined) throw new Error(`${this.name} has no process id.`);
    this.#now = { child, pid: child.pid, exited };
    const running = this.#listen(child);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<"late">((resolve) => {
      timer = setTimeout(() => resolve("late"), startMsMax);
    });
    const first = await Promise.race([running, exited.then(() => "exited" as const), late]);
    clearTimeout(timer);
    if (typeof first !== "string") {
      if (first.url !== null) this.#url = first.url;
      return;
    }
    child.kill("SIGKILL");
    throw new Error(`${this.name} did not start (${first}). Its last lines:\n${this.#latest.join("\n")}`);
  }

  /** kill -9; resolves when it is gone. */
  async kill(): Promise<void> {
    const now = this.#now;
    if (now === null) return;
    now.child.kill("SIGKILL");
    await now.exited;
  }

  /** kill -9 without waiting, for when this process itself must end. */
  killAtOnce(): void {
    this.#now?.child.kill("SIGKILL");
  }

  freeze(): void {
    this.#now?.child.kill("SIGSTOP");
  }

  thaw(): void {
    this.#now?.child.kill("SIGCONT");
  }

  /** Keeps its log, and resolves with the line that says that it runs. */
  #listen(child: ChildProcess): Promise<{ readonly url: string | null }> {
    const file = createWriteStream(join(this.#options.logFolder, `${this.name}.log`), { flags: "a" });
    child.once("close", () => file.end());
    const { promise, resolve } = Promise.withResolvers<{ readonly url: string | null }>();
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on("line", (line) => {
        file.write(`${line}\n`);
        this.#latest = [...this.#latest.slice(1 - shownLinesMax), line.slice(0, 500)];
        const running = readRunningLine(line);
        if (running !== null) resolve(running);
      });
    }
    return promise;
  }
}

function readRunningLine(line: string): { readonly url: string | null } | null {
  if (!line.includes('"Bodega is running"')) return null;
  const told: unknown = JSON.parse(line);
  const url = typeof told === "object" && told !== null && "url" in told ? told.url : null;
  return { url: typeof url === "string" ? url : null };
}
