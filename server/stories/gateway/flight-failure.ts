import { z } from "zod";
import { Problem, problems } from "../../foundation/problem.ts";
import { storyProblems } from "../errors.ts";

const failureShape = z.object({
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.record(z.string(), z.unknown())),
});

/** What those who waited for a flight are told of its end, as a row can keep it. */
export function failureOf(error: unknown): z.infer<typeof failureShape> {
  if (!(error instanceof Problem)) return { code: "INTERNAL", detail: "Something went wrong on our side.", errors: [] };
  return { code: error.code, detail: error.message.slice(0, 1_000), errors: [...(error.errors ?? [])].slice(0, 20) };
}

/** The same problem again, for another caller. */
export function problemOf(failure: unknown): Problem {
  const { code, ...options } = failureShape.parse(failure);
  const makers = { ...storyProblems, INTERNAL: problems.INTERNAL };
  const maker = Object.entries(makers).find(([known]) => known === code)?.[1] ?? problems.INTERNAL;
  return maker(options);
}
