import { describe, expect, it } from "vitest";
import { relativeTime } from "./time.ts";

const nowMs = Date.parse("2026-05-30T12:00:00Z");
const at = (seconds: number) => new Date(nowMs + seconds * 1000).toISOString();

describe("a relative time", () => {
  it("is in the largest unit of which there is one", () => {
    expect(relativeTime("es", at(-59), nowMs)).toBe("hace 59 segundos");
    expect(relativeTime("es", at(-60), nowMs)).toBe("hace 1 minuto");
    expect(relativeTime("es", at(-3 * 3600), nowMs)).toBe("hace 3 horas");
    expect(relativeTime("en", at(2 * 86_400), nowMs)).toBe("in 2 days");
    expect(relativeTime("en", at(-400 * 86_400), nowMs)).toBe("last year");
  });

  it("within the tick of the page's clock is now, also when the server's clock is a little ahead", () => {
    expect(relativeTime("es", at(-9), nowMs)).toBe("ahora");
    expect(relativeTime("en", at(4), nowMs)).toBe("now");
  });
});
