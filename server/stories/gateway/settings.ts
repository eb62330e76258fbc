import { z } from "zod";
import type { SettingDefinition } from "../../foundation/module.ts";
import { providerNames } from "../types.ts";

const defaultChoices = ["auto", ...providerNames] as const;
const fallbackChoices = ["auto", "none", ...providerNames] as const;

export const defaultProvider: SettingDefinition<(typeof defaultChoices)[number]> = {
  key: "providers.default",
  schema: z.enum(defaultChoices),
  fallback: "auto",
  description:
    "Who makes the pictures of stories. `auto`: IMAGE_PROVIDER_DEFAULT, else gemini or openai, whichever has a key, else sketch.",
  isPublic: true,
};

export const fallbackProvider: SettingDefinition<(typeof fallbackChoices)[number]> = {
  key: "providers.fallback",
  schema: z.enum(fallbackChoices),
  fallback: "auto",
  description:
    "Who is asked when that one fails for technical reasons. `auto`: IMAGE_PROVIDER_FALLBACK, else the other one that has a key.",
  isPublic: true,
};

export const providerTimeoutMs: SettingDefinition<number> = {
  key: "providers.timeoutMs",
  schema: z.int().min(100).max(55_000),
  fallback: 55_000,
  description: "How long one call to a picture provider may take.",
  isPublic: true,
};

export const providerDeadlineMs: SettingDefinition<number> = {
  key: "providers.deadlineMs",
  schema: z.int().min(1_000).max(600_000),
  fallback: 150_000,
  description: "How long a picture may take in all: waiting for a place, all calls, all waits that providers ask for.",
  isPublic: true,
};

export const fallbackOnConfigurationError: SettingDefinition<boolean> = {
  key: "providers.fallbackOnConfigurationError",
  schema: z.boolean(),
  fallback: false,
  description:
    "Whether the fallback is asked when a key, an account or a model is not right. An incident opens anyway.",
  isPublic: true,
};

export const monthlyBudgetUsd: SettingDefinition<number | "none"> = {
  key: "providers.monthlyBudgetUsd",
  schema: z.union([z.number().min(0).max(1_000_000), z.literal("none")]),
  fallback: "none",
  description:
    "What pictures may cost in a calendar month, in US dollars; when it is used up, none is bought. `none`: no limit.",
  isPublic: true,
};

export const breakerFailures: SettingDefinition<number> = {
  key: "providers.breakerFailures",
  schema: z.int().min(1).max(100),
  fallback: 5,
  description: "After how many failures in a row a provider is not asked for a while.",
  isPublic: true,
};

export const breakerOpenMs: SettingDefinition<number> = {
  key: "providers.breakerOpenMs",
  schema: z.int().min(100).max(3_600_000),
  fallback: 30_000,
  description:
    "For how long it is not asked then; doubled each time the first call afterwards fails too, up to ten minutes.",
  isPublic: true,
};

/** All of `providers.*`; the module lists them. */
export const gatewaySettings: readonly SettingDefinition[] = [
  defaultProvider,
  fallbackProvider,
  providerTimeoutMs,
  providerDeadlineMs,
  fallbackOnConfigurationError,
  monthlyBudgetUsd,
  breakerFailures,
  breakerOpenMs,
];
