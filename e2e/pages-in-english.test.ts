import { afterAll, beforeAll, expect, test } from "vitest";
import { openOfficeToReview, type ReviewedOffice, reviewPages } from "./support/page-review.ts";

let office: ReviewedOffice;
beforeAll(async () => {
  office = await openOfficeToReview();
});
afterAll(() => office.close());

test("every page speaks English alone, fits 360 px, asks nobody else, and axe finds nothing serious in its dark theme", async () => {
  expect(await reviewPages(office, { language: "en", colorScheme: "dark" })).toEqual([]);
}, 900_000);
