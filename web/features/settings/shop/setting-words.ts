import type { TFunction } from "i18next";

type T = TFunction<"settings">;

export const settingGroups = [
  "images",
  "products",
  "scanner",
  "providers",
  "stories",
  "alerts",
  "limits",
  "other",
] as const;
export type SettingGroup = (typeof settingGroups)[number];

const known = [
  "images.webpPolicy",
  "images.thumbnailsFor",
  "images.signatureEnforcement",
  "images.pixelsMax",
  "images.bytesMax",
  "images.purgeGraceSeconds",
  "images.orphanGraceHours",
  "products.deletedGraceDays",
  "products.currency",
  "limits.requests",
  "alerts.expiringDays",
  "scanner.measuredCodes",
  "providers.default",
  "providers.fallback",
  "providers.timeoutMs",
  "providers.deadlineMs",
  "providers.fallbackOnConfigurationError",
  "providers.monthlyBudgetUsd",
  "providers.breakerFailures",
  "providers.breakerOpenMs",
  "stories.region",
  "stories.textModel",
  "stories.orphanGraceHours",
  "stories.runRetentionDays",
  "stories.attemptRetentionDays",
  "stories.uploadBytesMax",
  "alerts.stories",
] as const;
const values = [
  "transcode",
  "skip",
  "main",
  "all",
  "auto",
  "none",
  "gemini",
  "openai",
  "sketch",
  "weight",
  "price",
] as const;
const fields = [
  "burst",
  "perSecond",
  "prefix",
  "itemDigits",
  "hasValueCheckDigit",
  "value",
  "decimals",
  "fallbackRatioMax",
  "geminiP95MsMax",
  "consistencyLostStoriesMax",
] as const;

/** By the first word of its key. */
export function groupOf(key: string): SettingGroup {
  return settingGroups.find((group) => key.startsWith(`${group}.`)) ?? "other";
}

export function settingName(key: string, t: T): string {
  const name = known.find((each) => each === key);
  return name === undefined ? key : t(`shop.names.${underscored(name)}`);
}

/** What it does; the server's own words for one that is new. */
export function settingText(key: string, description: string, t: T): string {
  const name = known.find((each) => each === key);
  return name === undefined ? description : t(`shop.texts.${underscored(name)}`);
}

/** One of the values that a setting holds together; its own name for one that is new. */
export function fieldName(name: string, t: T): string {
  const known = fields.find((each) => each === name);
  return known === undefined ? name : t(`shop.fields.${known}`);
}

/** A value as people read it. */
export function valueText(value: unknown, t: T, formatNumber: (value: number) => string): string {
  if (value === null || value === undefined) return t("shop.none");
  if (typeof value === "boolean") return t(value ? "shop.yes" : "shop.no");
  if (typeof value === "number") return formatNumber(value);
  const choice = values.find((each) => each === value);
  if (choice !== undefined) return t(`shop.values.${choice}`);
  if (typeof value === "string") return value;
  const parts = Array.isArray(value)
    ? value.map((each) => valueText(each, t, formatNumber))
    : Object.entries(value).map(([name, each]) => `${fieldName(name, t)}: ${valueText(each, t, formatNumber)}`);
  return parts.join(Array.isArray(value) ? "; " : ", ");
}

type Underscored<Key extends string> = Key extends `${infer Group}.${infer Name}` ? `${Group}_${Name}` : Key;

/** In texts, a dot would lead a level deeper. */
function underscored<Key extends (typeof known)[number]>(key: Key): Underscored<Key> {
  return key.replace(".", "_") as Underscored<Key>;
}
