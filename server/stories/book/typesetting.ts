import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { BookError } from "./book-error.ts";

/** Sent first, once: what the process works with. */
export interface TypesettingTools {
  /** Folder of the `.typ` files; nothing outside it can be read. */
  readonly workspace: string;
  readonly fontPaths: readonly string[];
  readonly memoryBytesMax: number;
}

export interface TypesettingOrder {
  /** What the book is made of, by name in `data/`. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly createdAtSeconds: number;
}

export type TypesettingAnswer =
  | { readonly kind: "done"; readonly pdf: Uint8Array; readonly pageCount: number; readonly heldBytes: number }
  | { readonly kind: "failed"; readonly reason: string };

export interface TypesetterOptions {
  readonly fontPaths: readonly string[];
  readonly timeoutMs: number;
  readonly memoryBytesMax: number;
  /** A process that nobody needed for so long is ended. */
  readonly idleMs: number;
}

/**
 * Prints one book after the other in a process of its own, which is started when it is needed and stays warm for a while.
 * It never keeps its owner alive.
 */
export class Typesetter {
  readonly #options: TypesetterOptions;
  #process: ChildProcess | undefined;
  #idle: NodeJS.Timeout | undefined;
  #isSpent = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: TypesetterOptions) {
    this.#options = options;
  }

  /**
   * @throws {BookError} when it took longer or more memory than allowed, or the typesetter refused; the signal's reason
   * when it is aborted, at once, whatever the typesetter is doing.
   */
  async print(order: TypesettingOrder, signal: AbortSignal): Promise<{ pdf: Uint8Array; pageCount: number }> {
    const turn = this.#last.then(() => this.#print(order, signal));
    this.#last = turn.catch(() => undefined);
    return await turn;
  }

  /** Ends the process, now; the next book starts another. */
  close(): void {
    clearTimeout(this.#idle);
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
  }

  async #print(order: TypesettingOrder, signal: AbortSignal): Promise<{ pdf: Uint8Array; pageCount: number }> {
    signal.throwIfAborted();
    clearTimeout(this.#idle);
    const child = this.#process ?? this.#start();
    child.ref();
    child.channel?.ref();
    try {
      const answer = await this.#ask(child, order, signal);
      // What a very large book took is given back by the process's end, not by its allocator.
      this.#isSpent = answer.kind === "done" && answer.heldBytes > this.#options.memoryBytesMax / 3;
      if (answer.kind === "done") return { pdf: answer.pdf, pageCount: answer.pageCount };
      throw new BookError("BOOK_FAILED", "The book could not be typeset.", { retryable: false, cause: answer.reason });
    } finally {
      if (this.#process === child) this.#rest(child);
    }
  }

  #start(): ChildProcess {
    const child = fork(fileURLToPath(new URL("./typesetter-process.ts", import.meta.url)), {
      serialization: "advanced",
      execArgv: [],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child.once("exit", () => {
      if (this.#process === child) this.#process = undefined;
    });
    const { fontPaths, memoryBytesMax } = this.#options;
    const workspace = fileURLToPath(new URL("./typst", import.meta.url));
    child.send({ workspace, fontPaths, memoryBytesMax } satisfies TypesettingTools);
    this.#process = child;
    this.#isSpent = false;
    return child;
  }

  /** Whatever ends first: the answer, the time, the caller's patience, or the process. */
  async #ask(child: ChildProcess, order: TypesettingOrder, signal: AbortSignal): Promise<TypesettingAnswer> {
    const settled = new AbortController();
    try {
      return await new Promise<TypesettingAnswer>((resolve, reject) => {
        const giveUp = (reason: unknown) => {
          this.close();
          reject(reason);
        };
        const onExit = (code: number | null, killedBy: NodeJS.Signals | null) => reject(deathOf(killedBy ?? code));
        const onAbort = () => giveUp(signal.reason);
        const timer = setTimeout(() => giveUp(tooSlow(this.#options.timeoutMs)), this.#options.timeoutMs);
        child.once("message", resolve);
        child.once("exit", onExit);
        signal.addEventListener("abort", onAbort, { once: true });
        settled.signal.addEventListener("abort", () => {
          clearTimeout(timer);
          child.off("message", resolve);
          child.off("exit", onExit);
          signal.removeEventListener("abort", onAbort);
        });
        child.send(order, (error) => {
          if (error) giveUp(deathOf(null, error));
        });
      });
    } finally {
      settled.abort();
    }
  }

  #rest(child: ChildProcess): void {
    if (this.#isSpent) {
      this.close();
      return;
    }
    child.unref();
    child.channel?.unref();
    this.#idle = setTimeout(() => this.close(), this.#options.idleMs);
    this.#idle.unref();
  }
}

function tooSlow(timeoutMs: number): BookError {
  return new BookError("BOOK_TIMED_OUT", `The book took longer than ${Math.round(timeoutMs / 1000)} s to typeset.`, {
    retryable: true,
  });
}

/** SIGTERM is how the process ends itself for its memory; nobody else sends it that. */
function deathOf(end: NodeJS.Signals | number | null, cause?: Error): BookError {
  return end === "SIGTERM"
    ? new BookError("BOOK_OUT_OF_MEMORY", "The book takes more memory to typeset than allowed.", { retryable: false })
    : new BookError("BOOK_FAILED", `The typesetter ended by itself (${end ?? "its channel"}).`, {
        retryable: true,
        cause,
      });
}
