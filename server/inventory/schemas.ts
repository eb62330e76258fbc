import { z } from "@hono/zod-openapi";
import { canonicalDecimal } from "./decimals.ts";

/**
 * Quantities travel as decimal strings with up to 3 decimals (weighed goods); a JSON number is taken too. What is parsed
 * is canonical: `"2.50"` and `2.5` are the same request.
 */
const decimal = (pattern: RegExp, message: string, example: string) =>
  z
    .union([z.string(), z.number()])
    .transform((value) => String(value))
    .pipe(z.string().regex(pattern, message))
    .transform(canonicalDecimal)
    .openapi({ type: "string", example });

/** Not negative. */
export const quantity = decimal(/^\d{1,9}(\.\d{1,3})?$/, "must be a decimal number with at most 3 decimals", "2.500");
export const positiveQuantity = quantity.refine((value) => value !== "0", "must be more than 0");
/** An adjustment's: with its sign. */
export const signedQuantity = decimal(
  /^-?\d{1,9}(\.\d{1,3})?$/,
  "must be a decimal number with at most 3 decimals",
  "-1.000",
).refine((value) => value !== "0", "must not be 0");
export const money = decimal(/^\d{1,9}(\.\d{1,4})?$/, "must be a decimal number such as 12.50, not negative", "12.50");
export const percent = decimal(/^-?\d{1,5}(\.\d{1,3})?$/, "must be a decimal number of per cent", "35");

/** What a decimal that may be null is in the OpenAPI document: the text's own type would hide the null. */
export const orNull = { type: ["string", "null"] as ("string" | "null")[] };

/** Text that PostgreSQL can hold: anything but NUL. */
export const text = z.string().refine((value) => !value.includes("\u0000"), "must not contain a NUL character");
export const reason = text
  .trim()
  .max(500)
  .nullish()
  .transform((value) => value || null);
export const reference = text
  .trim()
  .max(200)
  .nullish()
  .transform((value) => value || null);

/** As the database gives them. */
export const decimalText = z.string().openapi({ example: "2.5" });
export const time = z.string().openapi({ format: "date-time", example: "2026-01-31T12:00:00.000Z" });
export const date = z.iso.date().openapi({ example: "2026-12-31" });

/** Of lists whose rows were made under an `Idempotency-Key`. */
export const keyFilter = z.string().min(1).max(255).optional().openapi({
  description: "The caller's own `Idempotency-Key`: whether something was done under it, without doing it.",
});

/** Beside a user's id. */
export const personName = z
  .string()
  .nullable()
  .openapi({ description: "Their name; null for the shop itself, and for who signs in elsewhere." });

export const idParam = z.object({ id: z.uuid() });

const linesMax = 200;

const reservationLine = z.strictObject({
  productId: z.uuid(),
  locationId: z.uuid(),
  quantity: positiveQuantity,
});
export type ReservationLine = z.infer<typeof reservationLine>;

export const newReservationSchema = z
  .strictObject({
    lines: z
      .array(reservationLine)
      .min(1)
      .max(linesMax)
      .openapi({ description: "Lines of the same product and location count as their sum." }),
    reference: text
      .trim()
      .max(200)
      .nullish()
      .transform((value) => value || null)
      .openapi({
        description:
          "What it is for, such as a cart. The same user's earlier hold under the same reference never blocks a new " +
          "one: it is given up when the stock is needed, and named in `supersedes`.",
      }),
    expiresInSeconds: z.int().min(1).max(604_800).nullish().openapi({ description: "Default: 900." }),
  })
  .openapi("NewReservation");

export const reservationSchema = z
  .object({
    id: z.uuid(),
    state: z.enum(["active", "confirmed", "cancelled", "expired"]),
    reference: z.string().nullable(),
    lines: z.array(z.object({ productId: z.uuid(), locationId: z.uuid(), quantity: decimalText })),
    createdAt: time,
    expiresAt: time,
    supersedes: z.array(z.uuid()).openapi({ description: "Own holds under the same reference that gave way to it." }),
  })
  .openapi("Reservation");
export type Reservation = z.infer<typeof reservationSchema>;

export const locationSchema = z
  .object({ id: z.uuid(), code: z.string(), name: z.string(), isActive: z.boolean(), createdAt: time, updatedAt: time })
  .openapi("Location");
