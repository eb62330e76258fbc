import { addAbortSignal, type Readable } from "node:stream";

export interface ReadableBytesOptions {
  readonly signal?: AbortSignal;
  /** The longest silence of the source, counted only while the reader waits for it. */
  readonly idleTimeoutMs?: number;
  /** What the reader is told when the source fails. Not asked when the reader's own signal ended it. */
  readonly toError: (error: unknown) => unknown;
}

/**
 * A web stream over a Node stream: reads only as much as is asked for, closes the source when the reader cancels or the
 * signal is aborted, and speaks the store's errors.
 */
export function readableBytes(source: Readable, options: ReadableBytesOptions): ReadableStream<Uint8Array> {
  const { signal, toError } = options;
  if (signal !== undefined) addAbortSignal(signal, source);
  // A fault before the first read must not end the process; the iterator gives it to the reader.
  source.once("error", () => undefined);
  const chunks: AsyncIterator<Uint8Array> = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const stopWaiting = destroyWhenIdle(source, options.idleTimeoutMs);
        try {
          const next = await chunks.next();
          if (next.done === true) controller.close();
          else controller.enqueue(next.value);
        } catch (error) {
          controller.error(signal?.aborted === true ? signal.reason : toError(error));
        } finally {
          stopWaiting();
        }
      },
      cancel() {
        source.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}

function destroyWhenIdle(source: Readable, idleTimeoutMs: number | undefined): () => void {
  if (idleTimeoutMs === undefined) return () => undefined;
  const timer = setTimeout(() => {
    source.destroy(new DOMException(`No byte came for ${idleTimeoutMs} ms.`, "TimeoutError"));
  }, idleTimeoutMs);
  return () => clearTimeout(timer);
}
