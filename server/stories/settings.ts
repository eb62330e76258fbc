import { z } from "zod";
import type { SettingDefinition } from "../foundation/module.ts";

export const defaultRegion: SettingDefinition<string | null> = {
  key: "stories.region",
  schema: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  fallback: null,
  description:
    "Where stories are made (ISO 3166-1 alpha-2) when neither the request nor the story says; null: unknown.",
  isPublic: true,
};

export const textModel: SettingDefinition<string | null> = {
  key: "stories.textModel",
  schema: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/)
    .nullable(),
  fallback: null,
  description: "The model that writes scenes from a story; null: the one that this version of Bodega takes.",
  isPublic: true,
};

export const storyAlerts: SettingDefinition<{
  readonly fallbackRatioMax: number;
  readonly geminiP95MsMax: number;
  readonly consistencyLostStoriesMax: number;
}> = {
  key: "alerts.stories",
  schema: z.object({
    fallbackRatioMax: z.number().min(0).max(1),
    geminiP95MsMax: z.int().min(1),
    consistencyLostStoriesMax: z.int().min(1).max(100),
  }),
  fallback: { fallbackRatioMax: 0.1, geminiP95MsMax: 25_000, consistencyLostStoriesMax: 3 },
  description:
    "From when on an operator is told: share of fallbacks, Gemini's p95, stories in a row without consistency.",
  isPublic: false,
};

export const storyOrphanGraceHours: SettingDefinition<number> = {
  key: "stories.orphanGraceHours",
  schema: z.int().min(1).max(8_760),
  fallback: 24,
  description: "How old an object of a story that nothing refers to must be before it is removed.",
  isPublic: false,
};

export const runRetentionDays: SettingDefinition<number> = {
  key: "stories.runRetentionDays",
  schema: z.int().min(1).max(3_650),
  fallback: 90,
  description: "How long illustration runs that are over and refused uploads are kept.",
  isPublic: false,
};

export const attemptRetentionDays: SettingDefinition<number> = {
  key: "stories.attemptRetentionDays",
  schema: z.int().min(90).max(3_650),
  fallback: 730,
  description: "How long calls to picture providers are kept whose picture has given way.",
  isPublic: false,
};

export const uploadBytesMax: SettingDefinition<number> = {
  key: "stories.uploadBytesMax",
  schema: z
    .int()
    .min(64 * 1024)
    .max(20 * 1024 * 1024),
  fallback: 12 * 1024 * 1024,
  description: "The largest picture that may be uploaded to a story, in bytes.",
  isPublic: true,
};

export const storySettings: readonly SettingDefinition[] = [
  defaultRegion,
  textModel,
  storyAlerts,
  storyOrphanGraceHours,
  runRetentionDays,
  attemptRetentionDays,
  uploadBytesMax,
];
