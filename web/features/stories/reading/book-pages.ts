import type { ImageType, Story, StoryImage } from "../story-queries.ts";

/** Two pages that lie open together. */
export interface Spread {
  readonly imageType: ImageType;
  readonly kind: "cover" | "text" | "end";
  readonly paragraphs: readonly string[];
  readonly picture: StoryImage | null;
}

const textTypes = ["scene_1", "scene_2", "scene_3", "scene_4", "closing"] as const satisfies readonly ImageType[];

/** The book as it can be leafed through: cover, five parts of the text beside their pictures, colophon. */
export function spreadsOf({ content, images }: Pick<Story, "content" | "images">): readonly Spread[] {
  const pictureOf = (type: ImageType): StoryImage | null =>
    images.find(({ imageType, chapterId }) => imageType === type && chapterId === null) ?? null;
  const parts = partsOf(content, textTypes.length);
  return [
    { imageType: "cover", kind: "cover", paragraphs: [], picture: pictureOf("cover") },
    ...textTypes.map((imageType, index): Spread => {
      return { imageType, kind: "text", paragraphs: parts[index] ?? [], picture: pictureOf(imageType) };
    }),
    { imageType: "character", kind: "end", paragraphs: [], picture: pictureOf("character") },
  ];
}

/** The paragraphs of a text in `count` parts of about the same length; a short text is divided between sentences. */
export function partsOf(content: string, count: number): readonly (readonly string[])[] {
  const paragraphs = content.split(/\n\s*\n|\n/).flatMap((text) => (text.trim() === "" ? [] : [text.trim()]));
  const pieces =
    paragraphs.length >= count
      ? paragraphs
      : paragraphs.flatMap((text) => text.match(/[^.!?…]+[.!?…]*["»”)]*\s*/g) ?? [text]);
  const total = pieces.reduce((sum, { length }) => sum + length, 0);
  const parts: string[][] = Array.from({ length: count }, () => []);
  let before = 0;
  for (const piece of pieces) {
    const middle = before + piece.length / 2;
    const part = Math.min(count - 1, Math.floor((middle / Math.max(1, total)) * count));
    parts[part]?.push(piece.trim());
    before += piece.length;
  }
  return parts;
}
