/** Four pictures of 4K as base64 fit; anything larger is no answer of ours. */
const answerBytesMax = 64 * 1024 * 1024;

export class AnswerTooLarge extends Error {
  constructor() {
    super(`The answer has more than ${answerBytesMax} bytes.`);
    this.name = "AnswerTooLarge";
  }
}

/** `fetch` that follows no redirect (a key must not travel elsewhere) and whose body fails beyond 64 MiB. */
export async function boundedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const answer = await fetch(input, { ...init, redirect: "error" });
  if (answer.body === null) return answer;
  let sizeBytes = 0;
  const bounded = answer.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        sizeBytes += chunk.byteLength;
        if (sizeBytes > answerBytesMax) controller.error(new AnswerTooLarge());
        else controller.enqueue(chunk);
      },
    }),
  );
  return new Response(bounded, answer);
}
