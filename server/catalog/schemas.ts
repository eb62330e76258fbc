import { z } from "@hono/zod-openapi";
import { variants } from "../imaging/index.ts";

/** Money and quantities travel as decimal strings, so that no reader rounds them (contracts). */
const money = z
  .string()
  .regex(/^\d{1,10}(\.\d{1,4})?$/, "must be a decimal number such as 12.50, not negative")
  .openapi({ example: "12.50" });
const quantity = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,3})?$/, "must be a decimal number with at most 3 decimals")
  .refine((value) => Number(value) > 0, "must be more than 0")
  .openapi({ example: "1.000" });
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, "must be an ISO 4217 code such as ARS")
  .openapi({ example: "ARS" });
const gtin = z
  .string()
  .regex(/^(\d{8}|\d{12}|\d{13}|\d{14})$/, "must have 8, 12, 13 or 14 digits")
  .refine(hasValidCheckDigit, "has a wrong check digit")
  .openapi({ example: "7791234567898" });

export const imageStates = [
  "none",
  "uploaded",
  "generating",
  "ready",
  "partial",
  "skipped",
  "retry_scheduled",
  "failed",
] as const;
export type ImageState = (typeof imageStates)[number];

const time = z.string().openapi({ format: "date-time", example: "2026-01-31T12:00:00.000Z" });

export const jobSchema = z
  .object({
    status: z.enum(["queued", "processing", "success", "error", "skipped"]),
    attempts: z.int(),
    errorCode: z.string().nullable(),
    lastError: z.string().nullable(),
    startedAt: time.nullable(),
    completedAt: time.nullable(),
    durationMs: z.int().nullable(),
    traceId: z.string().nullable(),
  })
  .openapi("ThumbnailJob");

const thumbnailsSchema = z
  .object(Object.fromEntries(variants.map(({ name }) => [name, z.string().optional()])))
  .openapi("Thumbnails", { description: "Address of each variant; absent while it could not be made." });

export const imageSchema = z
  .object({
    id: z.uuid(),
    productId: z.uuid(),
    position: z.int(),
    isMain: z.boolean(),
    sha256: z.string(),
    mimeType: z.string(),
    width: z.int(),
    height: z.int(),
    sizeBytes: z.int(),
    url: z.string(),
    alt: z.string(),
    focalX: z.number().nullable(),
    focalY: z.number().nullable(),
    placeholder: z.string().nullable().openapi({ description: "ThumbHash, base64." }),
    thumbnails: thumbnailsSchema.nullable(),
    thumbnailUrl: z.string().nullable(),
    thumbnailState: z.enum(imageStates),
    thumbnailSignature: z.string().nullable(),
    stateChangedAt: time,
    job: jobSchema.nullable(),
    createdAt: time,
    updatedAt: time,
  })
  .openapi("Image");
export type Image = z.infer<typeof imageSchema>;

export const historyEntrySchema = z
  .object({
    at: time,
    phase: z.string(),
    attempt: z.int().nullable(),
    reason: z.string().nullable(),
    durationMs: z.int().nullable(),
    traceId: z.string().nullable(),
  })
  .openapi("ImageHistoryEntry");

export const imageWithHistorySchema = imageSchema
  .extend({ attempts: z.int(), history: z.array(historyEntrySchema) })
  .openapi("ImageWithHistory");

/** Text that PostgreSQL can hold: anything but NUL. */
export const text = z.string().refine((value) => !value.includes("\u0000"), "must not contain a NUL character");

/** What a caller may say of a product; all optional in a change. */
const productFields = {
  sku: text.trim().min(1).max(100),
  name: text.trim().min(1).max(300),
  description: text.max(20_000),
  category: text.trim().min(1).max(100).nullable(),
  gtin: gtin.nullable(),
  unit: z.enum(["unit", "kg", "g", "l", "ml", "m", "pack"]),
  price: money,
  cost: money.nullable(),
  currency,
  minimumPurchase: quantity,
  supplierId: z.uuid().nullable(),
  isActive: z.boolean(),
};

export const newProductSchema = z
  .strictObject({
    sku: productFields.sku,
    name: productFields.name,
    description: productFields.description.default(""),
    category: productFields.category.default(null),
    gtin: productFields.gtin.default(null),
    unit: productFields.unit.default("unit"),
    price: productFields.price.default("0"),
    cost: productFields.cost.default(null),
    currency: productFields.currency.optional().openapi({
      description: "Without one, the shop's: the setting `products.currency`.",
    }),
    minimumPurchase: productFields.minimumPurchase.default("1"),
    supplierId: productFields.supplierId.default(null),
    isActive: productFields.isActive.default(true),
  })
  .openapi("NewProduct");
export type NewProduct = z.infer<typeof newProductSchema>;

export const productChangeSchema = z
  .strictObject(productFields)
  .partial()
  .refine((change) => Object.keys(change).length > 0, "must name at least one field")
  .openapi("ProductChange");
export type ProductChange = z.infer<typeof productChangeSchema>;

export const productSchema = z
  .object({
    id: z.uuid(),
    supplierId: z.uuid().nullable(),
    sku: z.string(),
    gtin: z.string().nullable(),
    name: z.string(),
    description: z.string(),
    category: z.string().nullable(),
    unit: z.string(),
    price: z.string(),
    cost: z.string().nullable(),
    currency: z.string(),
    minimumPurchase: z.string(),
    isActive: z.boolean(),
    deletionStatus: z.enum(["active", "pending_delete", "archived"]),
    images: z.array(imageSchema).openapi({ description: "All photos in order; in lists, the main one alone." }),
    imagesRevision: z.int().openapi({ description: "Raised by every change of the product's photos." }),
    createdAt: time,
    updatedAt: time,
  })
  .openapi("Product");
export type Product = z.infer<typeof productSchema>;

/** GS1 General Specifications §7.9: weights 3 and 1 from the right. */
function hasValidCheckDigit(digits: string): boolean {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
