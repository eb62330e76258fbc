import { afterAll, beforeAll, expect, test } from "vitest";
import { openOfficeToReview, type ReviewedOffice, reviewPages } from "./support/page-review.ts";

let office: ReviewedOffice;
beforeAll(async () => {
  office = await openOfficeToReview();
});
afterAll(() => office.close());

test("every page speaks Spanish alone, fits 360 px, asks nobody else, and axe finds nothing serious in its light theme", async () => {
  expect(await reviewPages(office, { language: "es", colorScheme: "light" })).toEqual([]);
}, 900_000);
