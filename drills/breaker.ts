import { geminiBlock, startGeminiServer } from "../server/testing/gemini-server.ts";
import { startOpenaiServer } from "../server/testing/openai-server.ts";
import type { ProviderServer } from "../server/testing/provider-server.ts";
import { count, type Drill, seconds } from "./drill.ts";
import { Illustrator, inStudio } from "./illustrator.ts";
import { until, upTo } from "./patience.ts";
import { isPauseOver } from "./picture-queries.ts";
import type { Shop } from "./shop.ts";

const name = "images-gemini";
const failuresMax = 5;
const openMs = 2_000;
const waitMsMax = 60_000;

interface Scene {
  readonly shop: Shop;
  readonly illustrator: Illustrator;
  readonly gemini: ProviderServer;
  readonly openai: ProviderServer;
  readonly storyId: string;
  readonly violations: string[];
}

export const breaker: Drill = {
  name: "breaker",
  promise:
    "A provider that is down is found out by one process and left alone by all; one call at a time looks whether it is back; a reset really closes it.",

  async run(context) {
    const { isQuick, tell } = context;
    const [gemini, openai] = await Promise.all([startGeminiServer(), startOpenaiServer()]);
    tell(`3 api processes; Gemini answers 503 to one of them; refusals and closed tabs before that do not count`);
    tell(
      `then ${isQuick ? 12 : 24} callers at once find it back, one of them by asking; then it fails again and is reset`,
    );
    return inStudio({ apis: 3, workers: 0 }, { gemini, openai }, context, async (shop) => {
      const illustrator = new Illustrator(shop);
      const { id: storyId } = await illustrator.newStory("The breaker");
      const scene = { shop, illustrator, gemini, openai, storyId, violations: [] };
      await illustrator.set("providers.breakerFailures", failuresMax);
      await illustrator.set("providers.breakerOpenMs", openMs);
      await notCounted(scene);
      const seenMs = await openedByOne(scene);
      const probes = await oneProbe(scene, isQuick ? 12 : 24);
      if (!isQuick) await proberDies(scene);
      await resetCloses(scene);
      const figures = [
        { name: "until another process went straight to the fallback", value: seconds(seenMs) },
        count("calls that looked whether it was back, of all that asked", probes),
        count("requests to Gemini", gemini.requests.length),
        count("requests to OpenAI", openai.requests.length),
      ];
      return { figures, violations: scene.violations };
    });
  },
};

/** Refusals of content, and callers that go away, say nothing against a provider. */
async function notCounted({ illustrator, gemini, storyId, violations }: Scene): Promise<void> {
  gemini.faults.plan({ kind: "body", body: geminiBlock("SAFETY") }, failuresMax + 1);
  for (const _ of upTo(failuresMax + 1)) await illustrator.picture(storyId);
  for (const _ of upTo(failuresMax + 1)) {
    const leaving = new AbortController();
    const before = gemini.requests.length;
    gemini.faults.plan({ kind: "hang" }, 1);
    const asked = illustrator.picture(storyId, { signal: leaving.signal }).catch(() => undefined);
    await until("Gemini was asked", waitMsMax, async () => gemini.requests.length > before);
    leaving.abort();
    await asked;
  }
  const state = await illustrator.breakerState(name);
  if (state !== "closed") violations.push(`after refusals and closed tabs alone it is ${state}`);
}

/** Answers how long it took until another process went straight to the fallback, its own work on the way included. */
async function openedByOne({ shop, illustrator, gemini, openai, storyId, violations }: Scene): Promise<number> {
  const [first, ...others] = shop.apis;
  if (first === undefined) throw new Error("This drill needs api processes.");
  const before = gemini.requests.length;
  gemini.faults.plan({ kind: "status", status: 503 });
  for (const _ of upTo(failuresMax)) await illustrator.picture(storyId, { api: first });
  const openedAt = gemini.requests.at(-1)?.endedAt ?? performance.now();
  const served = openai.requests.length;
  const answers = await Promise.all(others.flatMap((api) => upTo(4).map(() => illustrator.picture(storyId, { api }))));
  const seenMs = Math.min(...openai.requests.slice(served).map(({ startedAt }) => startedAt)) - openedAt;
  if (gemini.requests.length !== before + failuresMax) {
    violations.push(`${gemini.requests.length - before} requests reached Gemini, and ${failuresMax} open the breaker`);
  }
  for (const { status, fallbackReason } of answers) {
    if (status !== 201 || fallbackReason !== "BREAKER_OPEN") {
      violations.push(`another process answered ${status}, because of ${fallbackReason}`);
    }
  }
  for (const api of others) {
    const state = await illustrator.breakerState(name, api);
    if (state !== "open") violations.push(`${api.name} tells operators that it is ${state}`);
  }
  return seenMs;
}

/** Answers how many looked whether it was back. */
async function oneProbe(scene: Scene, callers: number): Promise<number> {
  const { illustrator, gemini, storyId, violations } = scene;
  await failingProbe(scene);
  gemini.faults.clear();
  gemini.faults.slowMs = 1_500;
  await untilPauseIsOver(scene);
  const before = gemini.requests.length;
  const answers = await Promise.all(upTo(callers).map(() => illustrator.picture(storyId)));
  gemini.faults.slowMs = 0;
  const made = gemini.requests.slice(before);
  const firstEnd = Math.min(...made.map(({ endedAt }) => endedAt));
  const probes = made.filter(({ startedAt }) => startedAt < firstEnd).length;
  if (probes !== 1) violations.push(`${probes} calls at once looked whether it was back`);
  for (const { status, providerUsed } of answers) {
    if (status !== 201) violations.push(`a caller was answered ${status} while ${providerUsed} was tried`);
  }
  const state = await illustrator.breakerState(name);
  if (state !== "closed") violations.push(`after a probe that went well it is ${state}`);
  return probes;
}

/** A probe that fails keeps it open, for longer. */
async function failingProbe(scene: Scene): Promise<void> {
  const { illustrator, gemini, storyId, violations } = scene;
  await untilPauseIsOver(scene);
  const before = gemini.requests.length;
  await illustrator.picture(storyId);
  const asked = gemini.requests.length - before;
  if (asked !== 1) violations.push(`${asked} calls were made by one caller when the pause was over`);
  const state = await illustrator.breakerState(name);
  if (state !== "open") violations.push(`after a probe that failed it is ${state}`);
}

/** kill -9 of the process that probes: another takes its place, and nobody else gets in meanwhile. */
async function proberDies(scene: Scene): Promise<void> {
  const { shop, illustrator, gemini, storyId, violations } = scene;
  const [first, second] = shop.apis;
  if (first === undefined || second === undefined) throw new Error("This drill needs api processes.");
  await openAgain(scene);
  await untilPauseIsOver(scene);
  gemini.faults.clear();
  gemini.faults.plan({ kind: "hang" }, 1);
  const before = gemini.requests.length;
  const lost = illustrator.picture(storyId, { api: second }).catch(() => undefined);
  await until("the probe was under way", waitMsMax, async () => gemini.requests.length > before);
  await second.kill();
  await lost;
  const meanwhile = await illustrator.picture(storyId, { api: first });
  if (meanwhile.fallbackReason !== "BREAKER_OPEN") violations.push("a dead prober's lease kept nobody out");
  await until("another process probed", waitMsMax, async () => {
    return (await illustrator.picture(storyId, { api: first })).providerUsed === "gemini";
  });
  await second.start();
}

async function resetCloses(scene: Scene): Promise<void> {
  const { shop, illustrator, gemini, storyId, violations } = scene;
  const [first, second] = shop.apis;
  if (first === undefined || second === undefined) throw new Error("This drill needs api processes.");
  await openAgain(scene);
  gemini.faults.clear();
  const status = await illustrator.resetBreaker(name, first);
  if (status !== 200) violations.push(`the reset was answered ${status}`);
  const next = await illustrator.picture(storyId, { api: second });
  if (next.providerUsed !== "gemini") {
    violations.push(
      `after the reset another process still went to ${next.providerUsed}, because of ${next.fallbackReason}`,
    );
  }
  const unknown = await illustrator.resetBreaker("images-nobody", first);
  if (unknown !== 404) violations.push(`the reset of a breaker that is none was answered ${unknown}`);
}

async function openAgain({ illustrator, gemini, storyId }: Scene): Promise<void> {
  gemini.faults.plan({ kind: "status", status: 503 });
  await until("the breaker was open again", waitMsMax, async () => {
    await illustrator.picture(storyId);
    return (await illustrator.breakerState(name)) === "open";
  });
}

async function untilPauseIsOver({ shop }: Scene): Promise<void> {
  await until("the pause was over", waitMsMax, async () => isPauseOver(shop.database.db, name));
}
