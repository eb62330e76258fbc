import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { ProviderServer } from "../server/testing/provider-server.ts";
import { Customer } from "./customer.ts";
import type { DrillContext } from "./drill.ts";
import { until } from "./patience.ts";
import { inShop, type Shop } from "./shop.ts";
import type { ShopProcess } from "./shop-process.ts";

/** How a request for one picture was answered. */
export interface PictureAnswer {
  readonly prompt: string;
  readonly status: number;
  /** Of a problem; null when it was made. */
  readonly code: string | null;
  readonly providerUsed: string | null;
  readonly fallbackReason: string | null;
  readonly attempts: number | null;
  readonly costUsd: string | null;
}

const madeSchema = z.object({
  metadata: z.object({
    providerUsed: z.string(),
    fallbackReason: z.string().nullable(),
    attempts: z.int(),
    costUsd: z.string(),
  }),
});
const problemSchema = z.object({ code: z.string() });
const settingSchema = z.object({ value: z.unknown() });
const breakersSchema = z.object({ items: z.array(z.object({ name: z.string(), state: z.string() })) });
const runSchema = z.object({ id: z.uuid(), state: z.string(), isOver: z.boolean() });
export type RunProgress = z.infer<typeof runSchema>;

const answerMsMax = 180_000;

/** Runs `work` in a shop whose providers are the two emulators. */
export async function inStudio<Result>(
  options: { readonly apis: number; readonly workers: number },
  providers: { readonly gemini: ProviderServer; readonly openai: ProviderServer },
  context: DrillContext,
  work: (shop: Shop) => Promise<Result>,
): Promise<Result> {
  const { gemini, openai } = providers;
  const environment = {
    GEMINI_API_KEY: gemini.apiKey,
    GEMINI_BASE_URL: gemini.url,
    OPENAI_API_KEY: openai.apiKey,
    OPENAI_BASE_URL: `${openai.url}/v1`,
  };
  try {
    return await inShop({ ...options, environment }, context, work);
  } finally {
    await Promise.all([gemini.close(), openai.close()]);
  }
}

/** Asks a shop for pictures over HTTP, as its administrator. */
export class Illustrator {
  readonly #customer: Customer;
  readonly #shop: Shop;

  constructor(shop: Shop) {
    this.#shop = shop;
    this.#customer = new Customer(shop);
  }

  /** A story with a prompt of its own for each picture. */
  async newStory(title: string): Promise<{ readonly id: string; readonly prompts: readonly string[] }> {
    const types = ["character", "cover", "scene_1", "scene_2", "scene_3", "scene_4", "closing"];
    const look = "A small red fox with a green scarf, a white tip on its tail, round brown eyes and muddy boots.";
    const scenes = Object.fromEntries(types.map((type) => [type, `${title}, ${type}: ${look} ${randomUUID()}`]));
    const answer = await this.#send("POST", "/v1/stories", { title, content: "Once upon a time.", scenes });
    if (answer.status !== 201) throw new Error(`A story was answered ${answer.status}: ${await answer.text()}`);
    return { id: z.object({ id: z.uuid() }).parse(await answer.json()).id, prompts: Object.values(scenes) };
  }

  /** One picture, of a prompt of its own, at `api` or at the next one. */
  async picture(
    storyId: string,
    options: { readonly api?: ShopProcess; readonly key?: string; readonly signal?: AbortSignal } = {},
  ): Promise<PictureAnswer> {
    const prompt = `A fox in the rain ${randomUUID()}`;
    const body = { prompt, size: "1024x1536", storyId, imageType: "cover" };
    const answer = await this.#patient(() => this.#send("POST", "/v1/images/generate", body, options));
    const content: unknown = await answer.json();
    const nothing = { providerUsed: null, fallbackReason: null, attempts: null, costUsd: null };
    if (answer.status !== 201) {
      return { prompt, status: answer.status, code: problemSchema.parse(content).code, ...nothing };
    }
    const { providerUsed, fallbackReason, attempts, costUsd } = madeSchema.parse(content).metadata;
    return { prompt, status: 201, code: null, providerUsed, fallbackReason, attempts, costUsd };
  }

  async breakerState(name: string, api?: ShopProcess): Promise<string | null> {
    const answer = await this.#send("GET", "/v1/operations/breakers", undefined, { ...(api && { api }) });
    return breakersSchema.parse(await answer.json()).items.find((each) => each.name === name)?.state ?? null;
  }

  async resetBreaker(name: string, api: ShopProcess): Promise<number> {
    const answer = await this.#send("POST", `/v1/operations/breakers/${name}/reset`, {}, { api });
    await answer.arrayBuffer();
    return answer.status;
  }

  /** Sets it, and waits until every api process has seen it. */
  async set(key: string, value: unknown): Promise<void> {
    const path = `/v1/operations/settings/${key}`;
    const answer = await this.#send("PUT", path, { value });
    if (answer.status !== 200)
      throw new Error(`The setting ${key} was answered ${answer.status}: ${await answer.text()}`);
    for (const api of this.#shop.apis) {
      await until(`${api.name} saw ${key}`, 30_000, async () => {
        const seen = await this.#send("GET", path, undefined, { api });
        return JSON.stringify(settingSchema.parse(await seen.json()).value) === JSON.stringify(value);
      });
    }
  }

  /** Begins all pictures of a story; answers how to see how far they are. */
  async illustrate(storyId: string): Promise<() => Promise<RunProgress>> {
    const answer = await this.#send("POST", `/v1/stories/${storyId}/illustrations`, {});
    if (answer.status !== 202) throw new Error(`A run was answered ${answer.status}: ${await answer.text()}`);
    const { id } = runSchema.parse(await answer.json());
    return async () => {
      const seen = await this.#send("GET", `/v1/stories/${storyId}/illustrations/${id}`);
      return runSchema.parse(await seen.json());
    };
  }

  /** Whoever is told to slow down does. */
  async #patient(send: () => Promise<Response>): Promise<Response> {
    for (;;) {
      const answer = await send();
      if (answer.status !== 429) return answer;
      await answer.arrayBuffer();
      await pause(Number(answer.headers.get("retry-after") ?? "1") * 1_000);
    }
  }

  async #send(
    method: string,
    path: string,
    body?: unknown,
    options: { readonly api?: ShopProcess; readonly key?: string; readonly signal?: AbortSignal } = {},
  ): Promise<Response> {
    return fetch(new URL(path, options.api?.url ?? this.#customer.nextApi()), {
      method,
      headers: {
        authorization: `Bearer ${await this.#customer.token()}`,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(options.key !== undefined && { "idempotency-key": options.key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.any([AbortSignal.timeout(answerMsMax), ...(options.signal ? [options.signal] : [])]),
    });
  }
}
