import { expect, it } from "vitest";
import { countdownText } from "./countdown.ts";

it("a countdown says what is left to the second, and never less than nothing", () => {
  expect([299_001, 60_000, 1, 0, -5_000].map(countdownText)).toEqual(["5:00", "1:00", "0:01", "0:00", "0:00"]);
  expect(countdownText(3_723_000)).toBe("1:02:03");
});
