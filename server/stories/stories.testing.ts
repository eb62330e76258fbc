import { expect } from "vitest";
import { z } from "zod";
import { startGeminiServer } from "../testing/gemini-server.ts";
import type { ProviderServer } from "../testing/provider-server.ts";
import { type TestApplication, type TestCaller, testApplication } from "../testing/test-application.ts";
import type { IllustrationRequestBody } from "./illustrations/routes.ts";
import { type Run, runSchema, type Story, type StoryImage, storySchema } from "./schemas.ts";
import { type ImageType, imageTypes, type Scenes } from "./types.ts";

export const admin = { role: "admin" } as const satisfies TestCaller;
export const sales = { role: "sales" } as const satisfies TestCaller;
export const warehouse = { role: "warehouse" } as const satisfies TestCaller;

/** Seven descriptions, each of which says of which picture it is; the character is long enough. */
export function scenesOf(seed = "Luna"): Scenes {
  const character = `${seed} es una zorra naranja de ojos verdes que lleva una bufanda roja y un abrigo amarillo, siempre alegre y curiosa.`;
  const entries = imageTypes.map((type) => [
    type,
    type === "character" ? character : `${seed} camina por el bosque: ${type}.`,
  ]);
  return Object.fromEntries(entries);
}

export const content = [
  "Había una vez una zorra naranja llamada Luna que vivía en el bosque. Luna llevaba una bufanda roja.",
  "Una mañana, Luna encontró un mapa bajo un roble. El mapa llevaba al mar.",
  "Caminó entre pinos y cruzó un puente de madera. Una lechuza la saludó desde una rama.",
  "Al atardecer, Luna vio el mar por primera vez. Las olas brillaban como estrellas.",
  "Volvió a casa de noche y contó su viaje. Todos durmieron felices.",
].join("\n\n");

/** A shop with its stories, and the ways that tests take through them. */
export class StoryShop {
  readonly app: TestApplication;

  constructor(app: TestApplication) {
    this.app = app;
  }

  get foundation() {
    return this.app.foundation;
  }

  close = (): Promise<void> => this.app.close();

  /** Asks as JSON, checks the status, answers the body. */
  async ask(
    caller: TestCaller | null,
    method: string,
    path: string,
    status: number,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Record<string, unknown>> {
    return bodyOf(await this.app.request(caller, method, path, body, headers), status);
  }

  async newStory(fields: Readonly<Record<string, unknown>> = {}, caller: TestCaller = sales): Promise<Story> {
    const story = { title: "Luna y el mar", content, language: "es", scenes: scenesOf(), ...fields };
    return storySchema.parse(await this.ask(caller, "POST", "/v1/stories", 201, story));
  }

  async story(id: string): Promise<Story> {
    return storySchema.parse(await this.ask(sales, "GET", `/v1/stories/${id}`, 200));
  }

  async image(storyId: string, imageType: ImageType): Promise<StoryImage> {
    const image = (await this.story(storyId)).images.find((each) => each.imageType === imageType);
    if (image === undefined) throw new Error(`the story has no picture ${imageType}`);
    return image;
  }

  /** Begins a run and follows it to its end, as the web does. */
  async illustrate(storyId: string, body: IllustrationRequestBody = {}): Promise<Run> {
    const { id } = await this.begin(storyId, body);
    return this.ended(storyId, id);
  }

  async begin(storyId: string, body: IllustrationRequestBody = {}): Promise<Run> {
    return runSchema.parse(await this.ask(sales, "POST", `/v1/stories/${storyId}/illustrations`, 202, body));
  }

  async ended(storyId: string, runId: string): Promise<Run> {
    return eventually(`run ${runId} to end`, async () => {
      const run = await this.run(storyId, runId);
      return run.isOver ? run : null;
    });
  }

  async run(storyId: string, runId: string): Promise<Run> {
    return runSchema.parse(await this.ask(sales, "GET", `/v1/stories/${storyId}/illustrations/${runId}`, 200));
  }

  /** Rows of a plain statement. */
  async rows<Row>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return (await this.app.database.pool.query(text, [...values])).rows;
  }

  /** What the topic told of a story, in order. */
  async events(storyId: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const rows = await this.rows<{ readonly payload: Readonly<Record<string, unknown>> }>(
      "select payload from platform.events where topic = 'stories' and payload ->> 'storyId' = $1 order by ordinal",
      [storyId],
    );
    return rows.map(({ payload }) => payload);
  }

  /** Keys of all the objects of a story. */
  async objects(storyId: string): Promise<readonly string[]> {
    return (await this.foundation.store.list(`stories/${storyId}/`)).objects.map(({ key }) => key);
  }

  async incident(key: string): Promise<{ readonly state: string; readonly count: number } | undefined> {
    const [row] = await this.rows<{ readonly state: string; readonly count: number }>(
      "select state, count from platform.incidents where key = $1 order by opened_at desc limit 1",
      [key],
    );
    return row;
  }

  /** Until the queue has nothing that may run now. */
  async idle(): Promise<void> {
    await eventually("the queue to be idle", async () => {
      const [row] = await this.rows<{ readonly due: number }>(
        "select count(*)::int as due from graphile_worker.jobs where run_at <= now() and attempts < max_attempts",
      );
      return row?.due === 0;
    });
  }
}

/** A shop whose pictures come from an emulated Gemini, which counts what it would be paid for. */
export async function openGeminiShop(
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly shop: StoryShop; readonly gemini: ProviderServer; readonly close: () => Promise<void> }> {
  const gemini = await startGeminiServer();
  const keys = { GEMINI_API_KEY: gemini.apiKey, GEMINI_BASE_URL: gemini.url };
  const shop = await openStoryShop({ environment: { ...keys, ...environment } });
  const close = async () => {
    await shop.close();
    await gemini.close();
  };
  return { shop, gemini, close };
}

/** A shop with its worker; without keys, so that the offline illustrator draws. */
export async function openStoryShop(
  options: { readonly background?: boolean; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<StoryShop> {
  const { background = true, environment = {} } = options;
  return new StoryShop(await testApplication({ background, environment }));
}

/** Checks the status, with the body told where it is another; answers the JSON. */
export async function bodyOf(answer: Response, status: number): Promise<Record<string, unknown>> {
  const text = await answer.text();
  expect([answer.status, text.slice(0, 500)]).toEqual([status, expect.any(String)]);
  return text === "" ? {} : z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

/** Checks that a request was refused as RFC 9457 tells; answers the problem. */
export async function problemOf(answer: Response, status: number, code: string): Promise<Record<string, unknown>> {
  const body = await bodyOf(answer, status);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  expect(body).toMatchObject({ status, code, requestId: answer.headers.get("x-request-id") });
  return body;
}

/** Asks again until the answer is something, and says at the end what it was waiting for. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
  patienceMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
