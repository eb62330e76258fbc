import { expect } from "vitest";

/** The JSON of an answer, taken for what the test says it is. */
export async function bodyOf<T>(answer: Response): Promise<T> {
  const body: T = JSON.parse(await answer.text());
  return body;
}

/** Expects a refusal as every one is written (RFC 9457). */
export async function expectProblem(answer: Response, status: number, code: string): Promise<void> {
  const body = await bodyOf<object>(answer);
  expect([answer.status, body]).toMatchObject([
    status,
    { status, code, requestId: answer.headers.get("x-request-id") },
  ]);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
}
