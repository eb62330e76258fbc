import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { warnOfEndingModels } from "./ending-models.ts";
import { openStudio, type Studio } from "./gateway.testing.ts";
import { gatewayFacts } from "./gateway-facts.ts";
import { fallbackOnConfigurationError, fallbackProvider, monthlyBudgetUsd } from "./settings.ts";

const stateOf = async (studio: Studio, key: string) =>
  (await studio.foundation.incidents.list()).items.find((each) => each.key === key)?.state;

describe("the month's budget", () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  });
  beforeEach(() => studio.calm());
  afterAll(() => studio.close());

  test("stops before the call that could go beyond it, by name and with an incident, and nobody else is paid instead", async () => {
    await studio.set(monthlyBudgetUsd, 0.1);
    await studio.make();
    await studio.make();
    await expect(studio.make()).rejects.toMatchObject({ code: "IMAGE_BUDGET_REACHED", status: 402 });
    expect(studio.gemini.requests).toHaveLength(2);
    expect(studio.openai.requests).toEqual([]);
    expect(await stateOf(studio, "image-budget")).toBe("open");
    expect(await gatewayFacts(studio.foundation)).toMatchObject({
      spentThisMonthUsd: "0.067236",
      monthlyBudgetUsd: 0.1,
    });
  });

  test("does not stop what costs nothing, and is over when it is raised", async () => {
    expect((await studio.make({ providerOverride: "sketch" })).metadata.costUsd).toBe("0.000000");
    await studio.set(monthlyBudgetUsd, 10);
    await studio.make();
    expect(await stateOf(studio, "image-budget")).toBe("resolved");
  });

  test("counts calls that are under way: two that fit one by one but not together are not both made", async () => {
    const { spentThisMonthUsd } = await gatewayFacts(studio.foundation);
    await studio.set(monthlyBudgetUsd, Number(spentThisMonthUsd) + 0.04);
    studio.gemini.faults.slowMs = 100;
    const ends = await Promise.allSettled([studio.make(), studio.make()]);
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await studio.set(monthlyBudgetUsd, "none");
  });

  test("refusals and errors of the provider are recorded with what they cost", async () => {
    const before = Number((await gatewayFacts(studio.foundation)).spentThisMonthUsd);
    studio.gemini.faults.plan({ kind: "status", status: 500 }, 1);
    const made = await studio.make();
    expect(made.metadata).toMatchObject({ attempts: 2, costUsd: "0.047620" });
    expect(Number((await gatewayFacts(studio.foundation)).spentThisMonthUsd)).toBeCloseTo(before + 0.04762, 6);
  });
});

describe("a model that is turned off", () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio({
      IMAGE_MODEL_ID_GEMINI: "gemini-2.5-flash-image",
      IMAGE_MODEL_ID_OPENAI: "gpt-image-1.5",
    });
  });
  beforeEach(() => studio.calm());
  afterAll(() => studio.close());

  test("is a named error of the configuration, and is not asked", async () => {
    await expect(studio.make()).rejects.toMatchObject({ code: "IMAGE_MODEL_RETIRED", status: 502 });
    expect([studio.gemini.requests, studio.openai.requests]).toEqual([[], []]);
    expect(await stateOf(studio, "image-provider:gemini")).toBe("open");
  });

  test("gives way to the fallback only where the setting says so", async () => {
    await studio.set(fallbackOnConfigurationError, true);
    const now = new Date();
    if (now < new Date("2026-12-01")) {
      expect((await studio.make()).metadata).toMatchObject({ providerUsed: "openai", fallbackReason: "MODEL_RETIRED" });
    }
    await studio.set(fallbackProvider, "sketch");
    expect((await studio.make()).metadata).toMatchObject({ providerUsed: "sketch", fallbackReason: "MODEL_RETIRED" });
    await studio.set(fallbackProvider, "auto");
  });

  test("is told before its end and after it, and what is not in use is not told", async () => {
    const before = new Date("2026-11-26T12:00:00Z");
    const facts = await gatewayFacts(studio.foundation, before);
    expect(facts.providers).toMatchObject([
      {
        name: "gemini",
        use: "default",
        lifecycle: "retired",
        endsOn: "2026-10-02",
        replacement: "gemini-nano-banana-2.1",
      },
      { name: "openai", use: "fallback", lifecycle: "ending", endsOn: "2026-12-01", daysUntilEnd: 5 },
      { name: "sketch", use: null, lifecycle: "current", warning: null },
    ]);
    expect(await warnOfEndingModels(studio.foundation, before)).toBe(2);
    expect(await stateOf(studio, "image-model:openai")).toBe("open");
    await studio.set(fallbackProvider, "none");
    expect(await warnOfEndingModels(studio.foundation, before)).toBe(1);
    expect(await stateOf(studio, "image-model:openai")).toBe("resolved");
    expect(await stateOf(studio, "image-model:gemini")).toBe("open");
  });
});

test("with no keys our own illustrator draws", async () => {
  const studio = await openStudio({ GEMINI_API_KEY: "", OPENAI_API_KEY: "" });
  expect(await gatewayFacts(studio.foundation)).toMatchObject({ defaultProvider: "sketch", fallbackProvider: null });
  expect((await studio.make()).metadata).toMatchObject({ providerUsed: "sketch", costUsd: "0.000000", attempts: 1 });
  await studio.close();
});

test("a model that is newer than this version is used, and said to be unknown", async () => {
  const studio = await openStudio({ IMAGE_MODEL_ID_GEMINI: "gemini-nano-banana-9" });
  expect((await studio.make()).metadata.model).toBe("gemini-nano-banana-9");
  expect((await gatewayFacts(studio.foundation)).providers[0]).toMatchObject({ lifecycle: "unknown" });
  await studio.close();
});
