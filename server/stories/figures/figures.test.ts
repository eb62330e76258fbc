import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { admin, bodyOf, openStoryShop, type StoryShop } from "../stories.testing.ts";
import { raiseStoryAlerts } from "./alerts.ts";

let shop: StoryShop;
beforeAll(async () => {
  shop = await openStoryShop({ background: false });
});
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.rows("delete from stories.generation_attempts");
  await shop.rows("delete from stories.stories");
});

interface Attempt {
  readonly provider?: string;
  readonly state?: "succeeded" | "failed" | "refused";
  readonly latencyMs?: number;
  readonly isFallback?: boolean;
  readonly costUsd?: string;
  readonly hoursAgo?: number;
}

async function attempted(attempt: Attempt, times = 1): Promise<void> {
  const { provider = "gemini", state = "succeeded", latencyMs = 8_000, isFallback = false } = attempt;
  const key = state === "succeeded" ? `stories/x/originals/${randomUUID()}.png` : null;
  await shop.rows(
    `insert into stories.generation_attempts (
      id, flight_key, ordinal, story_id, image_type, provider, model, provider_key, is_fallback, fallback_reason, size,
      asked_ratio, target_resolution, prompt_hmac, state, reason, estimated_cost_usd, cost_usd, original_key,
      original_mime_type, original_resolution, has_c2pa, started_at, ended_at, latency_ms
    )
    select gen_random_uuid(), gen_random_uuid(), 1, gen_random_uuid(), 'cover', $1::text, 'm', 'k', $2::boolean,
      case when $2::boolean then 'TIMEOUT' end, '1024x1024', '1:1', '1024x1024', repeat('0', 64), $3::text,
      case when $3::text <> 'succeeded' then 'SAFETY' end, 0.04, $4::numeric, $5::text, case when $5::text is not null then 'image/png' end,
      case when $5::text is not null then '1024x1024' end, case when $5::text is not null then false end,
      now() - make_interval(hours => $6::integer), now() - make_interval(hours => $6::integer), $7::integer
    from generate_series(1, $8::integer)`,
    [provider, isFallback, state, attempt.costUsd ?? "0.04", key, attempt.hoursAgo ?? 0, latencyMs, times],
  );
}

const raise = () => raiseStoryAlerts(shop.foundation);
const stateOf = async (key: string) => (await shop.incident(key))?.state ?? null;

describe("the figures", () => {
  it("tell who is asked, how fast they are, what falls back, what is refused, and what it costs by day", async () => {
    await attempted({ latencyMs: 10_000 }, 18);
    await attempted({ latencyMs: 30_000, state: "failed" }, 2);
    await attempted({ provider: "openai", isFallback: true, costUsd: "0.06" }, 2);
    await attempted({ state: "refused", costUsd: "0" });
    await attempted({ hoursAgo: 24 * 40 }, 5);
    const metrics = await shop.ask(admin, "GET", "/v1/stories/metrics?days=7", 200);
    expect(metrics).toMatchObject({
      days: 7,
      providerInUse: "sketch",
      fallbackProvider: null,
      override: { default: "auto", fallback: "auto", changedAt: null, changedBy: null },
      pictures: 20,
      fallbacks: 2,
      fallbackRatio: 0.1,
      policyBlocks: 1,
      policyBlocks24h: 1,
      costUsd: "0.92",
    });
    expect(metrics.byProvider).toMatchObject([
      {
        provider: "gemini",
        calls: 21,
        succeeded: 18,
        failed: 2,
        refused: 1,
        latencyP50Ms: 10_000,
        latencyP95Ms: 30_000,
      },
      { provider: "openai", calls: 2, costUsd: "0.12" },
      { provider: "sketch", use: "default", calls: 0, latencyP95Ms: null },
    ]);
    const byDay = metrics.byDay as readonly { readonly pictures: number; readonly costUsd: string }[];
    expect(byDay).toHaveLength(7);
    expect(byDay.at(-1)).toMatchObject({ pictures: 20, fallbacks: 2, policyBlocks: 1, costUsd: "0.92" });
  });

  it("show the choice that an operator made, and who made it", async () => {
    await shop.ask(admin, "PUT", "/v1/operations/settings/providers.default", 200, { value: "openai" });
    const metrics = await shop.ask(admin, "GET", "/v1/stories/metrics", 200);
    expect(metrics).toMatchObject({
      providerInUse: "openai",
      override: { default: "openai", changedAt: expect.any(String), changedBy: expect.any(String) },
    });
    await shop.ask(admin, "PUT", "/v1/operations/settings/providers.default", 200, { value: "auto" });
  });

  it("come by month and provider as CSV", async () => {
    await attempted({}, 3);
    const month = new Date().toISOString().slice(0, 7);
    const answer = await shop.app.request(admin, "GET", "/v1/stories/report.csv");
    expect(answer.headers.get("content-type")).toContain("text/csv");
    const [head, line] = (await answer.text()).replace("\uFEFF", "").split("\r\n");
    expect(head).toBe(
      "month,provider,images,averageSizeBytes,resizedRatio,fallbackRatio,averageLatencyMs,calls,policyBlocks,costUsd",
    );
    expect(line).toMatch(new RegExp(`^(${month}|\\d{4}-\\d\\d),gemini,0,,,,,3,0,0.12$`));
    const none = await shop.app.request(admin, "GET", "/v1/stories/report.csv?month=1999-01&delimiter=semicolon");
    expect((await none.text()).split("\r\n")).toHaveLength(2);
    await bodyOf(await shop.app.request(admin, "GET", "/v1/stories/report.csv?month=x"), 400);
  });
});

describe("alerts", () => {
  it("tell of more than one fallback in ten, until there are fewer", async () => {
    await attempted({}, 9);
    await attempted({ provider: "openai", isFallback: true });
    await raise();
    expect(await stateOf("stories-fallback-ratio")).toBeNull();
    await attempted({ provider: "openai", isFallback: true });
    await raise();
    await raise();
    expect(await shop.incident("stories-fallback-ratio")).toMatchObject({ state: "open", count: 2 });
    await attempted({}, 20);
    await raise();
    expect(await stateOf("stories-fallback-ratio")).toBe("resolved");
  });

  it("tell of a Gemini whose p95 is over 25 s, and of nobody else's", async () => {
    await attempted({ provider: "openai", latencyMs: 60_000 }, 10);
    await attempted({ latencyMs: 25_000 }, 10);
    await raise();
    expect(await stateOf("stories-gemini-latency")).toBeNull();
    await attempted({ latencyMs: 26_000 }, 10);
    await raise();
    expect(await stateOf("stories-gemini-latency")).toBe("open");
    await shop.rows("delete from stories.generation_attempts");
    await raise();
    expect(await stateOf("stories-gemini-latency")).toBe("resolved");
  });

  it("tell of any refusal by a policy within 24 hours, and not after", async () => {
    await attempted({ state: "refused", hoursAgo: 25 });
    await raise();
    expect(await stateOf("stories-policy-blocks")).toBeNull();
    await attempted({ state: "refused", hoursAgo: 23 });
    await raise();
    expect(await stateOf("stories-policy-blocks")).toBe("open");
    await shop.rows("update stories.generation_attempts set started_at = now() - interval '25 hours'");
    await raise();
    expect(await stateOf("stories-policy-blocks")).toBe("resolved");
  });

  it("tell of three stories in a row without consistency, not of three that are not in a row", async () => {
    const run = async (isLost: boolean) => {
      const story = await shop.newStory();
      await shop.rows(
        `insert into stories.illustration_runs (story_id, state, image_types, consistency_lost, finished_at)
        values ($1, 'done', '{cover}', $2, clock_timestamp())`,
        [story.id, isLost],
      );
    };
    for (const isLost of [true, true, false, true, true]) await run(isLost);
    await raise();
    expect(await stateOf("stories-consistency-lost")).toBeNull();
    await run(true);
    await raise();
    expect(await stateOf("stories-consistency-lost")).toBe("open");
    await run(false);
    await raise();
    expect(await stateOf("stories-consistency-lost")).toBe("resolved");
  });
});
