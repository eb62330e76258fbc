import { randomBytes } from "node:crypto";
import sharp from "sharp";

/** A file as a person would choose it. */
export interface Photo {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A picture of soft colours that no other call has made; JPEG unless `type` says otherwise. */
export async function photo(name: string, { type = "jpeg" as "jpeg" | "webp", width = 1600, height = 1200 } = {}) {
  const few = { raw: { width: 8, height: 6, channels: 3 } } as const;
  const picture = sharp(randomBytes(8 * 6 * 3), few).resize(width, height, { fit: "fill", kernel: "cubic" });
  const buffer = await picture.toFormat(type, { quality: 82 }).toBuffer();
  return { name, mimeType: `image/${type}`, buffer } satisfies Photo;
}

export function photos(count: number, nameOf: (number: number) => string): Promise<readonly Photo[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => photo(nameOf(index + 1))));
}

/** Breaks off in the middle, as after a bad copy. */
export async function truncatedPhoto(name: string): Promise<Photo> {
  const whole = await photo(name);
  return { ...whole, buffer: whole.buffer.subarray(0, Math.floor(whole.buffer.length / 2)) };
}

/** Words, whatever its name says. */
export const notAPhoto = (name: string): Photo => ({
  name,
  mimeType: "image/jpeg",
  buffer: Buffer.from("This is a shopping list: flour, sugar, yeast.\n".repeat(20)),
});
