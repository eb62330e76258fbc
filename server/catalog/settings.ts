import { z } from "zod";
import type { SettingDefinition } from "../foundation/module.ts";
import { currency } from "./schemas.ts";

const mebibyte = 1024 * 1024;

export const webpPolicy: SettingDefinition<"transcode" | "skip"> = {
  key: "images.webpPolicy",
  schema: z.enum(["transcode", "skip"]),
  fallback: "transcode",
  description: "Whether a WebP photo gets thumbnails like any other, or is left without.",
  isPublic: true,
};

export const thumbnailsFor: SettingDefinition<"main" | "all"> = {
  key: "images.thumbnailsFor",
  schema: z.enum(["main", "all"]),
  fallback: "main",
  description: "Which photos of a product get thumbnails: the main one, or all.",
  isPublic: true,
};

export const signatureEnforcement: SettingDefinition<boolean> = {
  key: "images.signatureEnforcement",
  schema: z.boolean(),
  fallback: true,
  description: "Whether thumbnails whose signature is not the photo's are made again, or only counted.",
  isPublic: true,
};

export const pixelsMax: SettingDefinition<number> = {
  key: "images.pixelsMax",
  schema: z.int().min(10_000).max(400_000_000),
  fallback: 50_000_000,
  description: "The most pixels that a photo may have (width × height).",
  isPublic: true,
};

export const bytesMax: SettingDefinition<number> = {
  key: "images.bytesMax",
  schema: z
    .int()
    .min(1024)
    .max(256 * mebibyte),
  fallback: 20 * mebibyte,
  description: "The most bytes that a photo may have.",
  isPublic: true,
};

export const purgeGraceSeconds: SettingDefinition<number> = {
  key: "images.purgeGraceSeconds",
  schema: z
    .int()
    .min(0)
    .max(30 * 86_400),
  fallback: 600,
  description: "How long replaced thumbnails stay, for browsers that still show their addresses.",
  isPublic: false,
};

export const orphanGraceHours: SettingDefinition<number> = {
  key: "images.orphanGraceHours",
  schema: z
    .number()
    .min(0)
    .max(30 * 24),
  fallback: 24,
  description: "How old an object must be before the sweep removes it because nothing refers to it.",
  isPublic: false,
};

export const deletedProductsGraceDays: SettingDefinition<number> = {
  key: "products.deletedGraceDays",
  schema: z.int().min(0).max(3650),
  fallback: 30,
  description: "How long a deleted product is kept before it is purged with its photos.",
  isPublic: true,
};

/** Read by `catalog.shop_currency`, which every way to a new product goes through. */
export const shopCurrency: SettingDefinition<string> = {
  key: "products.currency",
  schema: currency,
  fallback: "USD",
  description: "The currency (ISO 4217) of a new product that names none.",
  isPublic: true,
};

export const catalogSettings: readonly SettingDefinition[] = [
  webpPolicy,
  thumbnailsFor,
  signatureEnforcement,
  pixelsMax,
  bytesMax,
  purgeGraceSeconds,
  orphanGraceHours,
  deletedProductsGraceDays,
  shopCurrency,
];
