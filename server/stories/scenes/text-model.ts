import { z } from "zod";
import type { Config } from "../../config.ts";
import { storyProblems } from "../errors.ts";
import { imageTypes, type Scenes, type StoryLanguage } from "../types.ts";
import { characterLengthMin } from "./scene-warnings.ts";

/** Where text is written, by the chat completions of OpenAI's protocol. */
export interface TextEndpoint {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
}

/** What this version takes when no setting says otherwise; November 2026. */
const models = { gemini: "gemini-3.6-flash", openai: "gpt-6-luna" } as const;

const timeoutMs = 45_000;
const answerBytesMax = 512 * 1024;

/** The endpoint that the configuration names: Gemini's compatible one, else OpenAI's; null without a key for either. */
export function textEndpointOf(
  { textEndpoint, imageProviders }: Pick<Config, "textEndpoint" | "imageProviders">,
  model: string | null,
): TextEndpoint | null {
  const { gemini, openai } = imageProviders;
  if (textEndpoint !== null && gemini.apiKey !== null) {
    return { baseUrl: textEndpoint, apiKey: gemini.apiKey, model: model ?? models.gemini };
  }
  if (openai.apiKey !== null) return { baseUrl: openai.baseUrl, apiKey: openai.apiKey, model: model ?? models.openai };
  return null;
}

/** The endpoint cannot be asked, or its answer cannot be used; `reason` is one word for the record. */
export class TextModelFault extends Error {
  readonly reason: string;

  constructor(reason: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "TextModelFault";
    this.reason = reason;
  }
}

const answerShape = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
});

const scenesShape = z.object(
  Object.fromEntries(imageTypes.map((type) => [type, z.string().trim().min(1).max(20_000)])),
);

/**
 * Has scenes written for a story; one call, at most 45 s. Throws `TextModelFault` for whatever is the endpoint's, and
 * POLICY_BLOCKED when it refuses the text: that is never tried elsewhere.
 */
export async function scenesByModel(
  endpoint: TextEndpoint,
  story: { readonly title: string; readonly content: string; readonly language: StoryLanguage },
  signal: AbortSignal,
): Promise<Scenes> {
  const body = await ask(endpoint, story, signal);
  const parsed = answerShape.safeParse(parseJson(body, "MALFORMED_ANSWER"));
  const choice = parsed.data?.choices[0];
  if (choice === undefined) throw new TextModelFault("MALFORMED_ANSWER", "The answer is not a chat completion.");
  if (choice.finish_reason === "content_filter" || (choice.message.refusal ?? "") !== "") {
    throw storyProblems.POLICY_BLOCKED("The text of the story was refused by the provider's policy; change it.");
  }
  const text = (choice.message.content ?? "").replace(/^\s*```(?:json)?\s*|\s*```\s*$/g, "");
  const scenes = scenesShape.safeParse(parseJson(text, "MALFORMED_SCENES"));
  if (!scenes.success) throw new TextModelFault("MALFORMED_SCENES", "The answer lacks some of the seven descriptions.");
  return scenes.data as Scenes;
}

async function ask(
  endpoint: TextEndpoint,
  story: { readonly title: string; readonly content: string; readonly language: StoryLanguage },
  signal: AbortSignal,
): Promise<string> {
  try {
    const answer = await fetch(`${endpoint.baseUrl}/chat/completions`, {
      method: "POST",
      // A key must not travel elsewhere.
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      headers: { "content-type": "application/json", authorization: `Bearer ${endpoint.apiKey}` },
      body: JSON.stringify({
        model: endpoint.model,
        response_format: { type: "json_object" },
        messages: [
          { role: "system", content: instructions[story.language] },
          { role: "user", content: `${story.title}\n\n${story.content}` },
        ],
      }),
    });
    const body = await readBounded(answer);
    if (!answer.ok) throw new TextModelFault(`HTTP_${answer.status}`, `The text endpoint answered ${answer.status}.`);
    return body;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TextModelFault) throw error;
    const isTimeout = error instanceof DOMException && error.name === "TimeoutError";
    throw new TextModelFault(isTimeout ? "TIMEOUT" : "NETWORK", "The text endpoint cannot be reached.", error);
  }
}

async function readBounded(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of answer.body ?? []) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > answerBytesMax) throw new TextModelFault("ANSWER_TOO_LARGE", "The answer is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string, reason: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TextModelFault(reason, "The answer is not JSON.", error);
  }
}

const instructions: Readonly<Record<StoryLanguage, string>> = {
  es: [
    "Describes las ilustraciones de un cuento infantil. Respondes solo con un objeto JSON con exactamente estas claves:",
    `${imageTypes.join(", ")}. Cada valor es un texto en español.`,
    `character: cómo es el personaje principal, en ${characterLengthMin} caracteres o más: especie o edad, colores, ropa y un rasgo propio.`,
    "cover: la portada. scene_1 a scene_4: cuatro momentos en orden. closing: el final.",
    "Cada escena dice el lugar, la hora, qué hace el personaje y qué hay alrededor, sin texto dentro de la imagen.",
  ].join(" "),
  en: [
    "You describe the illustrations of a children's story. Answer with one JSON object with exactly these keys:",
    `${imageTypes.join(", ")}. Each value is a text in English.`,
    `character: how the main character looks, in ${characterLengthMin} characters or more: species or age, colours, clothes and one feature of their own.`,
    "cover: the cover. scene_1 to scene_4: four moments in order. closing: the ending.",
    "Each scene tells the place, the time of day, what the character does and what is around, with no text in the picture.",
  ].join(" "),
};
