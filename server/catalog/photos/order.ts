import { z } from "zod";
import { problems } from "../../foundation/problem.ts";

/** How many photos one product may have. */
export const photosMax = 200;

const orderSchema = z
  .array(
    z.union([
      z.strictObject({ id: z.uuid().toLowerCase() }),
      z.strictObject({ file: z.string().min(1).max(200), alt: z.string().max(1000).optional() }),
    ]),
  )
  .max(photosMax);

export type PhotoOrder = z.infer<typeof orderSchema>;

/**
 * Reads the field `order` of a replacement: `[{"id": …} or {"file": "name of the file's field"}]`. Each photo and each
 * file comes once, and every file that was sent is named.
 *
 * @throws Problem VALIDATION_FAILED
 */
export function readPhotoOrder(text: string | undefined, fileFields: readonly string[]): PhotoOrder {
  if (text === undefined) throw problems.VALIDATION_FAILED("The field order is missing; send it as JSON.");
  const parsed = orderSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    throw problems.VALIDATION_FAILED({
      detail: 'The field order is not a list of {"id": …} and {"file": …}.',
      errors: parsed.error.issues.map((issue) => ({ path: `order.${issue.path.join(".")}`, message: issue.message })),
    });
  }
  const named = parsed.data.map((entry) => ("id" in entry ? `id ${entry.id}` : `file ${entry.file}`));
  const missing = named.find((name) => name.startsWith("file ") && !fileFields.includes(name.slice("file ".length)));
  const unnamed = fileFields.find((field) => !named.includes(`file ${field}`));
  const repeated = [...named, ...fileFields].find((name, index, all) => all.indexOf(name) !== index);
  if (missing !== undefined) throw problems.VALIDATION_FAILED(`The order names the ${missing}, which was not sent.`);
  if (unnamed !== undefined)
    throw problems.VALIDATION_FAILED(`The file ${unnamed} was sent, but order does not name it.`);
  if (repeated !== undefined) throw problems.VALIDATION_FAILED(`${repeated} comes twice.`);
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
