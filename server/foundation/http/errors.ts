import { defineProblems } from "../problem.ts";

/** What only the HTTP layer itself can find wrong. */
export const httpProblems = defineProblems({
  METHOD_NOT_ALLOWED: { status: 405, title: "This method is not offered here." },
});
