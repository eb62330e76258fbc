import { geminiError, retryInfo, startGeminiServer } from "../server/testing/gemini-server.ts";
import { startOpenaiServer } from "../server/testing/openai-server.ts";
import { type ProviderCase, providerCases } from "../server/testing/provider-cases.ts";
import type { ProviderFault } from "../server/testing/provider-faults.ts";
import type { ProviderServer } from "../server/testing/provider-server.ts";
import { count, type Drill, type Figure } from "./drill.ts";
import { Illustrator, inStudio, type PictureAnswer, type RunProgress } from "./illustrator.ts";
import { until } from "./patience.ts";
import { countStoryImages, listAttempts } from "./picture-queries.ts";
import type { Random } from "./random.ts";
import type { Shop } from "./shop.ts";

type Name = "gemini" | "openai";
type Providers = Readonly<Record<Name, ProviderServer>>;

interface Trial {
  readonly provider: Name;
  readonly signal: string;
  readonly fault: ProviderFault;
  /** How often it befalls. */
  readonly times: number;
  readonly expected: Partial<PictureAnswer>;
  /** Of the provider's last attempt. */
  readonly reason: string | null;
}

const waitMsMax = 240_000;
/** Far more than a good answer takes on a machine that does other work. */
const timeoutMs = 10_000;

export const providers: Drill = {
  name: "providers",
  promise:
    "Whatever a picture provider answers, the fallback is asked or the refusal told as the contract says; a refused prompt never reaches another provider, every attempt is recorded with its cost, and no picture is paid twice.",

  async run(context) {
    const { random, isQuick, tell } = context;
    const [gemini, openai] = await Promise.all([startGeminiServer(), startOpenaiServer()]);
    const trials = random.shuffled(trialsOf(isQuick));
    const stories = isQuick ? 2 : 10;
    const kills = isQuick ? 2 : 25;
    tell(`${trials.length} trials of both providers, in a shuffled order`);
    tell(`then ${stories} stories of 7 pictures over 2 workers, of which one is killed -9 at a call, ${kills} times`);
    return inStudio({ apis: 2, workers: 2 }, { gemini, openai }, context, async (shop) => {
      const illustrator = new Illustrator(shop);
      await illustrator.set("providers.breakerFailures", 100);
      await illustrator.set("providers.timeoutMs", timeoutMs);
      const violations = [
        ...(await tryAll(shop, illustrator, { gemini, openai }, trials)),
        ...refusalFaults({ gemini, openai }),
      ];
      await illustrator.set("providers.timeoutMs", 55_000);
      const run = await runsUnderFire({ shop, illustrator, gemini, random, stories, kills });
      const attempts = await listAttempts(shop.database.db);
      violations.push(...run.violations);
      violations.push(
        ...attempts
          .filter(({ state, costUsd, latencyMs }) => state === "started" || costUsd === null || latencyMs === null)
          .map(({ provider, state }) => `an attempt at ${provider} is ${state} and has no end, cost or latency`),
      );
      const lost = attempts.filter(({ state }) => state === "lost").length;
      const requests = gemini.requests.length + openai.requests.length;
      // A process may die after it wrote down its call and before it made it.
      if (requests > attempts.length || requests < attempts.length - lost) {
        violations.push(`${attempts.length} attempts are recorded, ${lost} of them lost, and ${requests} were made`);
      }
      const figures = [
        count("trials", trials.length),
        count("requests to Gemini", gemini.requests.length),
        count("requests to OpenAI", openai.requests.length),
        count("attempts recorded", attempts.length),
        count("refusals", attempts.filter(({ state }) => state === "refused").length),
        ...run.figures,
      ];
      return { figures, violations };
    });
  },
};

function trialsOf(isQuick: boolean): readonly Trial[] {
  const names: readonly Name[] = ["gemini", "openai"];
  return names.flatMap((provider) => {
    const other = provider === "gemini" ? "openai" : "gemini";
    const of = (cases: readonly ProviderCase[], expectedOf: (one: ProviderCase) => Partial<PictureAnswer>) =>
      cases.map((one) => ({ provider, ...one, times: 1, expected: expectedOf(one) }));
    const { policy, technical, configuration } = providerCases[provider];
    const quota = (signal: string, fault: ProviderFault, expected: Partial<PictureAnswer>): Trial => ({
      provider,
      signal,
      fault,
      times: 1,
      expected,
      reason: expected.providerUsed === provider ? null : "QUOTA",
    });
    const fellBack = { status: 201, providerUsed: other };
    const all: readonly Trial[] = [
      ...of(policy, () => ({ status: 400, code: "POLICY_BLOCKED" })),
      ...of(technical, ({ reason }) => ({ ...fellBack, fallbackReason: reason })),
      ...of(configuration, () => ({ status: 502, code: "IMAGE_PROVIDER_MISCONFIGURED" })),
      {
        provider,
        signal: "no answer",
        fault: { kind: "hang" },
        times: 1,
        expected: { ...fellBack, fallbackReason: "TIMEOUT" },
        reason: "TIMEOUT",
      },
      {
        provider,
        signal: "400",
        fault: { kind: "status", status: 400, body: { error: { code: "invalid_value", status: "INVALID_ARGUMENT" } } },
        times: 1,
        expected: { status: 500, code: "INTERNAL" },
        reason: "INVALID_ARGUMENT",
      },
      quota("429 with a time that fits", waiting(provider), {
        status: 201,
        providerUsed: provider,
        fallbackReason: null,
      }),
      quota("429 without a time", { kind: "status", status: 429 }, { ...fellBack, fallbackReason: "QUOTA" }),
    ];
    // Every verdict stays; of those that are alike, some.
    return isQuick ? all.filter((_, index) => index % 3 === 0 || index > all.length - 5) : all;
  });
}

function waiting(provider: Name): ProviderFault {
  return provider === "gemini"
    ? { kind: "status", status: 429, body: geminiError(429, "RESOURCE_EXHAUSTED", "Quota", [retryInfo(0.5)]) }
    : {
        kind: "status",
        status: 429,
        body: { error: { code: "rate_limit_exceeded" } },
        headers: { "retry-after": "1" },
      };
}

async function tryAll(
  shop: Shop,
  illustrator: Illustrator,
  providers: Providers,
  trials: readonly Trial[],
): Promise<string[]> {
  const violations: string[] = [];
  const { id: storyId } = await illustrator.newStory("The trials");
  const byProvider = Map.groupBy(trials, ({ provider }) => provider);
  for (const [name, list] of byProvider) {
    await illustrator.set("providers.default", name);
    await illustrator.set("providers.fallback", name === "gemini" ? "openai" : "gemini");
    for (const { signal, fault, times, expected, reason } of list) {
      providers[name].faults.plan(fault, times);
      const answer = await illustrator.picture(storyId);
      const wrong = Object.entries(expected).filter(
        ([member, value]) => answer[member as keyof PictureAnswer] !== value,
      );
      if (wrong.length > 0) violations.push(`${name}, ${signal}: answered ${JSON.stringify(answer)}`);
      const last = (await listAttempts(shop.database.db)).filter(({ provider }) => provider === name).at(-1);
      if (last?.reason !== reason) violations.push(`${name}, ${signal}: recorded as ${last?.reason ?? last?.state}`);
    }
  }
  await illustrator.set("providers.default", "gemini");
  await illustrator.set("providers.fallback", "openai");
  return violations;
}

/** By the providers' own logs: a prompt that one of them refused is in no other's. */
function refusalFaults({ gemini, openai }: Providers): string[] {
  const [byGemini, byOpenai] = [refusedBy("gemini", gemini), refusedBy("openai", openai)];
  if (byGemini.length === 0 || byOpenai.length === 0) return ["a provider refused nothing, so nothing was judged"];
  return [
    ...byGemini
      .filter((prompt) => hasSeen(openai, prompt))
      .map((prompt) => `«${prompt}», refused by Gemini, was sent on`),
    ...byOpenai
      .filter((prompt) => hasSeen(gemini, prompt))
      .map((prompt) => `«${prompt}», refused by OpenAI, was sent on`),
  ];
}

function refusedBy(name: Name, { requests }: ProviderServer): readonly string[] {
  const refusals: ReadonlySet<ProviderFault> = new Set(providerCases[name].policy.map(({ fault }) => fault));
  return requests.filter(({ fault }) => fault !== null && refusals.has(fault)).map(({ prompt }) => prompt);
}

const hasSeen = ({ requests }: ProviderServer, prompt: string): boolean =>
  requests.some((request) => request.prompt === prompt);

/** Whole stories while workers are killed at their calls; judged by what Gemini charged. */
async function runsUnderFire(fire: {
  readonly shop: Shop;
  readonly illustrator: Illustrator;
  readonly gemini: ProviderServer;
  readonly random: Random;
  readonly stories: number;
  readonly kills: number;
}): Promise<{ readonly figures: readonly Figure[]; readonly violations: readonly string[] }> {
  const { shop, illustrator, gemini, random } = fire;
  const violations: string[] = [];
  const before = gemini.requests.length;
  gemini.faults.clear();
  gemini.faults.slowMs = 400;
  const storyIds: string[] = [];
  const prompts: string[] = [];
  const runs: (() => Promise<RunProgress>)[] = [];
  for (let n = 0; n < fire.stories; n += 1) {
    const story = await illustrator.newStory(`Story ${n + 1}`);
    storyIds.push(story.id);
    prompts.push(...story.prompts);
    runs.push(await illustrator.illustrate(story.id));
  }
  let killed = 0;
  const areOver = async () => (await Promise.all(runs.map((run) => run()))).every(({ isOver }) => isOver);
  while (killed < fire.kills && !(await areOver())) {
    const calls = gemini.requests.length;
    await until("a picture was made", waitMsMax, async () => gemini.requests.length > calls || (await areOver()));
    const worker = random.pick(shop.workers);
    await worker.kill();
    killed += 1;
    await worker.start();
  }
  await until("all runs were over", waitMsMax, areOver);
  const ends = await Promise.all(runs.map((run) => run()));
  violations.push(...ends.filter(({ state }) => state !== "done").map(({ state }) => `a run ended ${state}`));
  const images = await countStoryImages(shop.database.db, storyIds);
  if (images !== prompts.length) violations.push(`${images} of ${prompts.length} pictures are in their places`);
  const made = gemini.requests.slice(before);
  for (const prompt of prompts) {
    const charged = made.filter((request) => request.prompt === prompt && request.isCharged).length;
    if (charged !== 1) violations.push(`«${prompt}» was charged ${charged} times`);
  }
  if (gemini.mostAtOnce() > 2) violations.push(`${gemini.mostAtOnce()} calls were at Gemini at once`);
  return {
    figures: [
      count("workers killed", killed),
      count("pictures of stories", images),
      count("calls for them", made.length),
      count("pictures that Gemini charged", made.filter(({ isCharged }) => isCharged).length),
      count("most calls at Gemini at once", gemini.mostAtOnce()),
    ],
    violations,
  };
}
