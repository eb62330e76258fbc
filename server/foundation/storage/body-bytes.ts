import { addAbortSignal, Readable } from "node:stream";

export type ObjectBody = Uint8Array | NodeJS.ReadableStream;

/**
 * The body's bytes, piece by piece. Throws the signal's reason when it is aborted (even while the body is silent), and
 * the body's own error when that ends early. Leaving the loop destroys the stream.
 */
export async function* bodyChunks(body: ObjectBody, signal?: AbortSignal): AsyncGenerator<Uint8Array, void> {
  signal?.throwIfAborted();
  if (body instanceof Uint8Array) {
    yield body;
    return;
  }
  const readable = body instanceof Readable ? body : new Readable().wrap(body);
  if (signal !== undefined) addAbortSignal(signal, readable);
  try {
    for await (const chunk of readable) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/** All pieces in one, or what `tooLarge` makes, thrown as soon as there are more than `bytesMax` bytes. */
export async function collectBytes(
  chunks: AsyncIterable<Uint8Array>,
  bytesMax: number,
  tooLarge: () => Error,
): Promise<Uint8Array> {
  const collected: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of chunks) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > bytesMax) throw tooLarge();
    collected.push(chunk);
  }
  const [only] = collected;
  return only !== undefined && collected.length === 1 ? only : Buffer.concat(collected, sizeBytes);
}
