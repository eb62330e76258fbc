import pg from "pg";
import { expect, test } from "vitest";
import { sqlProblemOf } from "./sql-problem.ts";

const errorOf = (code: string, message = "there is no such product"): Error =>
  Object.assign(new pg.DatabaseError(message, 0, "error"), { code });

test.each([
  ["P0002", "NOT_FOUND", "There is no such product."],
  ["55000", "CONFLICT", "There is no such product."],
  ["22023", "VALIDATION_FAILED", "There is no such product."],
  ["42501", "FORBIDDEN", "Your role does not allow this."],
  ["23505", "CONFLICT", "There is such a thing already."],
  ["23514", "VALIDATION_FAILED", "A value is not one that can be kept."],
  ["22021", "VALIDATION_FAILED", "A value is not one that can be kept."],
])("what %s says of a request is %s", (state, code, message) => {
  expect(sqlProblemOf(errorOf(state))).toMatchObject({ code, message });
});

test.each(["40P01", "40001", "55P03", "XX000"])(
  "%s says nothing of the request, so that it is tried again or told",
  (state) => {
    expect(sqlProblemOf(errorOf(state))).toBeNull();
  },
);

test("an error of anything else is left as it is", () => {
  expect(sqlProblemOf(new TypeError("no function"))).toBeNull();
});
