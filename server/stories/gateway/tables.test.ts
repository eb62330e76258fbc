import { describe, expect, test } from "vitest";
import { imageSizes } from "../types.ts";
import { bytesOfBase64 } from "./base64.ts";
import { imageModelOf } from "./models.ts";
import { retryAfterMs } from "./providers/retry-after.ts";
import { isChildUploadRestricted } from "./region.ts";
import { parseImageSize, resolutionOf } from "./sizes.ts";

const framesOf = (provider: "gemini" | "openai" | "sketch", id: string | null) => {
  const { frames } = imageModelOf(provider, id);
  return imageSizes.map((size) => [frames[size].ratio, resolutionOf(frames[size])]);
};

describe("sizes", () => {
  test("each model has its own pixels for a ratio", () => {
    expect(framesOf("gemini", "gemini-2.5-flash-image")).toEqual([
      ["2:3", "832x1248"],
      ["1:1", "1024x1024"],
      ["16:9", "1344x768"],
      ["9:16", "768x1344"],
    ]);
    expect(framesOf("gemini", null)).toEqual([
      ["2:3", "848x1264"],
      ["1:1", "1024x1024"],
      ["16:9", "1376x768"],
      ["9:16", "768x1376"],
    ]);
    expect(framesOf("openai", null)).toEqual([
      ["2:3", "1024x1536"],
      ["1:1", "1024x1024"],
      ["7:4", "1792x1024"],
      ["4:7", "1024x1792"],
    ]);
    expect(framesOf("openai", "gpt-image-1.5")).toEqual([
      ["2:3", "1024x1536"],
      ["1:1", "1024x1024"],
      ["3:2", "1536x1024"],
      ["2:3", "1024x1536"],
    ]);
  });

  test("all ten ratios of Gemini are declared", () => {
    expect(imageModelOf("gemini", null).ratios).toHaveLength(10);
  });

  test.each(["", "1024", "1024x1025", "1024X1024", "999999x1", "1024x1024 "])("%j is refused", (text) => {
    expect(() => parseImageSize(text)).toThrow(expect.objectContaining({ code: "UNSUPPORTED_SIZE", status: 400 }));
  });
});

describe("photos of children", () => {
  test.each([
    "ES",
    "es",
    "DE",
    "FR",
    "NO",
    "IS",
    "LI",
    "CH",
    "GB",
    "UK",
    "EL",
    "GR",
    "RE",
    null,
    "",
    "XX",
    "Spain",
    "E1",
  ])("from %j may not be uploaded", (region) => expect(isChildUploadRestricted(region)).toBe(true));

  test.each(["AR", "UY", "us", "MX", "BR"])("from %j may", (region) => {
    expect(isChildUploadRestricted(region)).toBe(false);
  });
});

describe("base64", () => {
  test.each(["aGVsbG8=", "aGVsbG8", "aGVs\nbG8=", "_-8="])("%j is read", (text) => {
    expect(bytesOfBase64(text)).not.toBeNull();
  });

  test.each(["", " ", "a", "aGVsb", "aGV%", "data:image/png;base64,aGVs", "aGVsbG8=="])("%j is none", (text) => {
    expect(bytesOfBase64(text)).toBeNull();
  });
});

test.each([
  ["2", 2_000],
  ["0.5", 500],
  ["Thu, 26 Nov 2026 10:00:05 GMT", 5_000],
  ["Thu, 26 Nov 2026 09:00:00 GMT", 0],
  ["soon", null],
  ["", null],
  [null, null],
])("Retry-After %j is %j ms", (header, ms) => {
  expect(retryAfterMs(header, Date.parse("2026-11-26T10:00:00Z"))).toBe(ms);
});
