import { z } from "@hono/zod-openapi";
import { imageSizes, imageTypes, providerNames } from "./types.ts";

/** Text that PostgreSQL can hold: anything but NUL. */
export const text = z.string().refine((value) => !value.includes("\u0000"), "must not contain a NUL character");

const promptMax = 20_000;

/** As it is: what somebody wrote is neither trimmed nor cut on its way to a provider. */
export const promptText = text.max(promptMax);

const sceneTexts = Object.fromEntries(imageTypes.map((type) => [type, promptText])) as Record<
  (typeof imageTypes)[number],
  typeof promptText
>;

export const scenesSchema = z.strictObject(sceneTexts).openapi("Scenes", {
  description: "One description per picture, all seven; each goes to the picture provider as it is.",
});

/** ISO 3166-1 alpha-2; `UK`, as many write it, is GB there. */
export const region = z
  .string()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, "must be an ISO 3166-1 code such as AR")
  .transform((code) => (code === "UK" ? "GB" : code))
  .openapi({ example: "AR" });

/** Beside the folders of chapters lie these. */
const reservedFolders: ReadonlySet<string> = new Set(["originals", "books"]);

export const chapterId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, "must be 1 to 64 letters, digits, - or _")
  .refine((id) => !reservedFolders.has(id), "is the name of a folder of ours")
  .openapi({ description: "Which chapter the picture is of; left out: the whole story." });

export const imageType = z.enum(imageTypes);
export const storyIdParam = z.object({ id: z.uuid().toLowerCase() });

const time = z.string().openapi({ format: "date-time", example: "2026-01-31T12:00:00.000Z" });
const resolution = z.string().openapi({ example: "832x1248" });

const storyFields = {
  title: text.trim().min(1).max(300),
  content: text.max(200_000),
  language: z.enum(["es", "en"]),
  region: region.nullable(),
  author: text.trim().min(1).max(200).nullable(),
  scenes: scenesSchema.nullable(),
};

export const newStorySchema = z
  .strictObject({
    title: storyFields.title,
    content: storyFields.content.default(""),
    language: storyFields.language.default("es"),
    region: storyFields.region.default(null),
    author: storyFields.author.default(null),
    scenes: storyFields.scenes.default(null),
  })
  .openapi("NewStory");
export type NewStory = z.infer<typeof newStorySchema>;

export const storyChangeSchema = z
  .strictObject(storyFields)
  .partial()
  .refine((change) => Object.keys(change).length > 0, "must name at least one field")
  .openapi("StoryChange");
export type StoryChange = z.infer<typeof storyChangeSchema>;

export const warningSchema = z
  .object({
    code: z.enum(["SCENES_MISSING", "CHARACTER_TOO_SHORT", "CHARACTER_WITHOUT_LOOK", "SCENE_EMPTY"]),
    path: z.string(),
    message: z.string(),
  })
  .openapi("StoryWarning", { description: "Something that may be, but makes the pictures worse." });
export type StoryWarning = z.infer<typeof warningSchema>;

export const storyImageSchema = z
  .object({
    id: z.uuid(),
    storyId: z.uuid(),
    chapterId: z.string().nullable(),
    imageType,
    version: z.int().openapi({ description: "Raised whenever another picture takes its place." }),
    url: z.string().openapi({ description: "Private: signed, and good until `urlExpiresAt` alone." }),
    urlExpiresAt: time,
    path: z.string(),
    provider: z.enum([...providerNames, "upload"]),
    model: z.string().nullable(),
    fallbackUsed: z.boolean(),
    fallbackReason: z.string().nullable(),
    mimeType: z.string().nullable(),
    extension: z.string(),
    sizeBytes: z.int().nullable(),
    originalResolution: resolution.nullable(),
    finalResolution: resolution.nullable(),
    resizedFrom: resolution.nullable(),
    resizedTo: resolution.nullable(),
    aspectRatio: z.string().nullable(),
    aspectRatioFallback: z.string().nullable(),
    latencyMs: z.int().nullable(),
    attempts: z.int(),
    costUsd: z.string(),
    consistencyLost: z.boolean(),
    storyRegion: z.string().nullable(),
    policyContext: z.string().nullable(),
    imageHash: z.string().nullable(),
    promptHmac: z.string().nullable(),
    referenceHash: z.string().nullable(),
    hasC2pa: z.boolean(),
    isStale: z.boolean().openapi({ description: "Its text was changed after it was made." }),
    paletteDrift: z
      .looseObject({})
      .nullable()
      .openapi({ description: "How its colours differ from the character's; never tells who somebody is." }),
    runId: z.string().nullable(),
    createdAt: time,
    updatedAt: time,
  })
  .openapi("StoryImage");
export type StoryImage = z.infer<typeof storyImageSchema>;

export const runStates = ["queued", "running", "done", "partial", "failed", "cancelled"] as const;
const runImageStates = ["waiting", "queued", "drawing", "done", "failed", "kept", "cancelled"] as const;

export const runSchema = z
  .object({
    id: z.uuid(),
    storyId: z.uuid(),
    chapterId: z.string().nullable(),
    state: z.enum(runStates),
    isOver: z.boolean(),
    imageTypes: z.array(imageType),
    force: z.boolean(),
    size: z.enum(imageSizes).nullable(),
    region: z.string().nullable(),
    providerOverride: z.enum(providerNames).nullable(),
    characterCacheHit: z.boolean(),
    consistencyLost: z.boolean(),
    code: z.string().nullable().openapi({ description: "Why it is not simply `done`: the first failure's." }),
    message: z.string().nullable(),
    images: z.array(
      z.object({
        imageType,
        state: z.enum(runImageStates),
        tries: z.int(),
        provider: z.enum(providerNames).nullable(),
        durationMs: z.int().nullable(),
        code: z.string().nullable(),
        message: z.string().nullable(),
        startedAt: time.nullable(),
        finishedAt: time.nullable(),
      }),
    ),
    requestedBy: z.string().nullable(),
    traceId: z.string().nullable(),
    createdAt: time,
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
  })
  .openapi("IllustrationRun");
export type Run = z.infer<typeof runSchema>;

export const bookSchema = z
  .object({
    id: z.uuid(),
    storyId: z.uuid(),
    format: z.enum(["a4", "square"]),
    bleed: z.boolean(),
    cropMarks: z.boolean(),
    state: z.enum(["queued", "printing", "done", "failed"]),
    progress: z.number().openapi({ description: "0 to 1." }),
    isCurrent: z.boolean().openapi({ description: "Whether it is of the present text and pictures." }),
    pageCount: z.int().nullable(),
    sizeBytes: z.int().nullable(),
    notes: z.array(z.object({ code: z.string(), page: z.int() })).openapi({
      description: "What a person should know: `PICTURE_MISSING`, `PICTURE_LOW_RESOLUTION`, and on which page.",
    }),
    url: z.string().nullable().openapi({ description: "Private: signed, and good until `urlExpiresAt` alone." }),
    urlExpiresAt: time.nullable(),
    code: z.string().nullable(),
    message: z.string().nullable(),
    requestedAt: time,
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
  })
  .openapi("StoryBook");
export type StoryBook = z.infer<typeof bookSchema>;

export const storySchema = z
  .object({
    id: z.uuid(),
    title: z.string(),
    content: z.string(),
    language: z.enum(["es", "en"]),
    region: z.string().nullable(),
    author: z.string().nullable(),
    scenes: scenesSchema.nullable(),
    warnings: z.array(warningSchema),
    version: z.int(),
    images: z.array(storyImageSchema),
    run: runSchema.nullable().openapi({ description: "The latest illustration run." }),
    book: bookSchema.nullable().openapi({ description: "The book that was asked for last." }),
    createdBy: z.string().nullable(),
    createdAt: time,
    updatedAt: time,
  })
  .openapi("Story");
export type Story = z.infer<typeof storySchema>;

export const storySummarySchema = z
  .object({
    id: z.uuid(),
    title: z.string(),
    language: z.enum(["es", "en"]),
    region: z.string().nullable(),
    author: z.string().nullable(),
    hasScenes: z.boolean(),
    coverUrl: z.string().nullable(),
    pictureCount: z.int().openapi({ description: "Of the seven of the whole story." }),
    runState: z.enum(runStates).nullable(),
    version: z.int(),
    createdAt: time,
    updatedAt: time,
  })
  .openapi("StorySummary");
export type StorySummary = z.infer<typeof storySummarySchema>;
