import { createHash, randomUUID } from "node:crypto";
import { sql } from "kysely";
import sharp from "sharp";
import type { Foundation } from "../../foundation/foundation.ts";
import type { SettingDefinition } from "../../foundation/module.ts";
import { startGeminiServer } from "../../testing/gemini-server.ts";
import { startOpenaiServer } from "../../testing/openai-server.ts";
import type { ProviderServer } from "../../testing/provider-server.ts";
import { type TestApplication, testApplication } from "../../testing/test-application.ts";
import { generateImage } from "./generate-image.ts";
import type { ImageRequest, ReferencePicture } from "./image-request.ts";

export interface Studio {
  readonly foundation: Foundation;
  readonly gemini: ProviderServer;
  readonly openai: ProviderServer;
  readonly application: TestApplication;
  readonly make: (request?: Partial<ImageRequest>, signal?: AbortSignal) => ReturnType<typeof generateImage>;
  readonly set: <T>(definition: SettingDefinition<T>, value: T) => Promise<void>;
  /** The providers answer well again, and their logs are empty. */
  readonly calm: () => void;
  /** All that is written of all attempts. */
  readonly textOfAttempts: () => Promise<string>;
  readonly close: () => Promise<void>;
}

const operator = { userId: "ana", role: "admin", supplierId: null, email: null } as const;

/** The gateway over a real database and store, and the emulators of both providers. */
export async function openStudio(environment: Readonly<Record<string, string>> = {}): Promise<Studio> {
  const [gemini, openai] = await Promise.all([startGeminiServer(), startOpenaiServer()]);
  const application = await testApplication({
    environment: {
      GEMINI_API_KEY: gemini.apiKey,
      GEMINI_BASE_URL: gemini.url,
      OPENAI_API_KEY: openai.apiKey,
      OPENAI_BASE_URL: `${openai.url}/v1`,
      ...environment,
    },
  });
  const { foundation } = application;
  return {
    foundation,
    gemini,
    openai,
    application,
    make: (request = {}, signal = new AbortController().signal) =>
      generateImage(foundation, imageRequest(request), signal),
    set: (definition, value) => foundation.settings.set(definition, value, operator),
    calm: () => {
      for (const provider of [gemini, openai]) {
        provider.faults.clear();
        provider.requests.length = 0;
      }
    },
    textOfAttempts: async () => {
      const { rows } = await sql<object>`select * from stories.generation_attempts`.execute(foundation.database.db);
      return JSON.stringify(rows);
    },
    close: async () => {
      await application.close();
      await Promise.all([gemini.close(), openai.close()]);
    },
  };
}

export function imageRequest(request: Partial<ImageRequest> = {}): ImageRequest {
  return {
    storyId: randomUUID(),
    chapterId: null,
    imageType: "cover",
    prompt: `A fox with a red scarf walks through the rain. ${randomUUID()}`,
    size: "1024x1536",
    reference: null,
    characterText: null,
    region: null,
    idempotencyKey: randomUUID(),
    requestedBy: null,
    ...request,
  };
}

/** A small PNG, another one each time. */
export async function referenceOf(): Promise<ReferencePicture> {
  const noise = { type: "gaussian", mean: 128, sigma: 40 } as const;
  const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: "white", noise } })
    .png()
    .toBuffer();
  return { bytes, mimeType: "image/png", sha256: createHash("sha256").update(bytes).digest("hex") };
}
