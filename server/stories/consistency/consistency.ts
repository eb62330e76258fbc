import { createHash } from "node:crypto";
import { differenceHash, hammingDistance } from "./difference-hash.ts";
import { coverageOf, figurePaletteOf, type Palette, paletteOf } from "./palette.ts";
import { readPixels } from "./read-pixels.ts";

/** A picture of the story, and which reference was sent when it was made. */
export interface CheckedPicture {
  /** Of the picture in its story: `scene_2`, or an id. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Hex SHA-256 of the reference that went to the provider with it; null when none did. */
  readonly referenceHash: string | null;
}

export interface ConsistencyRequest {
  /** The picture of the character; null when there is none, and then only near-duplicates can be seen. */
  readonly reference: Uint8Array | null;
  readonly pictures: readonly CheckedPicture[];
}

/** What can be said without a model: never who somebody is. */
export interface ConsistencyReport {
  /** Hex SHA-256 of the reference. */
  readonly referenceHash: string | null;
  readonly pictures: readonly PictureConsistency[];
  /** Pairs that are nearly the same picture, in the order of the pictures. */
  readonly nearDuplicates: readonly NearDuplicate[];
}

export interface PictureConsistency {
  readonly name: string;
  /** Whether the very reference was sent; null without one. */
  readonly referenceSent: boolean | null;
  /** How much of the character's colours is found again, 0 to 1; null when it cannot be told. */
  readonly paletteCoverage: number | null;
  /** Whether so little is found that the character's colours have drifted; false when it cannot be told. */
  readonly hasPaletteDrift: boolean;
  readonly warnings: readonly ConsistencyWarning[];
}

export type ConsistencyWarning = "PALETTE_DRIFT" | "REFERENCE_NOT_SENT" | "NEAR_DUPLICATE" | "PICTURE_UNREADABLE";

export interface NearDuplicate {
  readonly names: readonly [string, string];
  /** Bits of 256 in which their difference hashes differ. */
  readonly distance: number;
}

/** The offline illustrator keeps 1 from page to page; another character in its place came down to 0.65. */
const paletteCoverageMin = 0.7;
/** Of 256 bits: pictures that differ in no more are copies of one another, with a detail changed at most. */
const duplicateDistanceMax = 12;
const picturesMax = 64;

/**
 * Looks over the pictures of a story: whether each was made with the character's picture at hand, shows its colours, and
 * is not nearly another one over again. It compares colours and shapes of brightness, so it can tell of *palette drift*,
 * never of identity. A picture that cannot be decoded is reported as such.
 *
 * @throws {RangeError} when there are more than 64 pictures.
 */
export async function checkConsistency({ reference, pictures }: ConsistencyRequest): Promise<ConsistencyReport> {
  if (pictures.length > picturesMax) throw new RangeError(`At most ${picturesMax} pictures are compared.`);
  const referenceHash = reference && createHash("sha256").update(reference).digest("hex");
  const referencePixels = reference && (await readPixels(reference));
  const palette = referencePixels && figurePaletteOf(referencePixels);

  const looks: Look[] = [];
  for (const picture of pictures) looks.push(await lookAt(picture, palette));
  const nearDuplicates = findNearDuplicates(looks);
  const repeated = new Set(nearDuplicates.flatMap(({ names }) => names));
  return {
    referenceHash,
    nearDuplicates,
    pictures: looks.map((look) => reportOn(look, referenceHash, repeated.has(look.picture.name))),
  };
}

interface Look {
  readonly picture: CheckedPicture;
  readonly isReadable: boolean;
  readonly hash: bigint | null;
  readonly coverage: number | null;
}

async function lookAt(picture: CheckedPicture, palette: Palette | null): Promise<Look> {
  const pixels = await readPixels(picture.bytes);
  if (pixels === null) return { picture, isReadable: false, hash: null, coverage: null };
  const coverage = palette && coverageOf(palette, paletteOf(pixels));
  return { picture, isReadable: true, hash: differenceHash(pixels), coverage };
}

function reportOn(
  { picture, isReadable, coverage }: Look,
  sent: string | null,
  isRepeated: boolean,
): PictureConsistency {
  const hasPaletteDrift = coverage !== null && coverage < paletteCoverageMin;
  const referenceSent = sent === null ? null : picture.referenceHash === sent;
  const warnings: ConsistencyWarning[] = [];
  if (!isReadable) warnings.push("PICTURE_UNREADABLE");
  if (referenceSent === false) warnings.push("REFERENCE_NOT_SENT");
  if (hasPaletteDrift) warnings.push("PALETTE_DRIFT");
  if (isRepeated) warnings.push("NEAR_DUPLICATE");
  const paletteCoverage = coverage === null ? null : Math.round(coverage * 1000) / 1000;
  return { name: picture.name, referenceSent, paletteCoverage, hasPaletteDrift, warnings };
}

function findNearDuplicates(looks: readonly Look[]): NearDuplicate[] {
  const found: NearDuplicate[] = [];
  for (const [index, one] of looks.entries()) {
    for (const other of looks.slice(index + 1)) {
      if (one.hash === null || other.hash === null) continue;
      const distance = hammingDistance(one.hash, other.hash);
      if (distance <= duplicateDistanceMax) found.push({ names: [one.picture.name, other.picture.name], distance });
    }
  }
  return found;
}
