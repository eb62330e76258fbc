import { defineProblems } from "../problem.ts";

export const eventProblems = defineProblems({
  READER_TOO_SLOW: {
    status: 503,
    title: "The reader fell too far behind; resume from the last position that it has.",
    retryable: true,
  },
});
