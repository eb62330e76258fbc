/** Which characters a typeface has, from the `cmap` table of its file (OpenType 1.9.1, formats 4 and 12). */
export class FontCoverage {
  readonly #codePoints: ReadonlySet<number>;

  private constructor(codePoints: ReadonlySet<number>) {
    this.#codePoints = codePoints;
  }

  /** @throws {RangeError} when the file is not a typeface with a Unicode `cmap`. */
  static of(file: Uint8Array): FontCoverage {
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    return new FontCoverage(readUnicodeTable(view, findTable(view, "cmap")));
  }

  has(codePoint: number): boolean {
    return this.#codePoints.has(codePoint);
  }

  /** What both have. */
  and(other: FontCoverage): FontCoverage {
    return new FontCoverage(new Set([...this.#codePoints].filter((codePoint) => other.has(codePoint))));
  }
}

function findTable(view: DataView, tag: string): number {
  const count = view.getUint16(4);
  for (let index = 0; index < count; index += 1) {
    const record = 12 + index * 16;
    const name = String.fromCharCode(...Array.from({ length: 4 }, (_, byte) => view.getUint8(record + byte)));
    if (name === tag) return view.getUint32(record + 8);
  }
  throw new RangeError(`The typeface has no table ${tag}.`);
}

/** Full Unicode (format 12) where there is one, else the Basic Multilingual Plane (format 4). */
function readUnicodeTable(view: DataView, cmap: number): Set<number> {
  const subtables = Array.from({ length: view.getUint16(cmap + 2) }, (_, index) => {
    const record = cmap + 4 + index * 8;
    const offset = cmap + view.getUint32(record + 4);
    return { platform: view.getUint16(record), format: view.getUint16(offset), offset };
  }).filter(({ platform }) => platform === 0 || platform === 3);
  const whole = subtables.find(({ format }) => format === 12);
  if (whole) return readSegments(view, whole.offset);
  const basic = subtables.find(({ format }) => format === 4);
  if (basic) return readBasicSegments(view, basic.offset);
  throw new RangeError("The typeface has no Unicode table that can be read.");
}

function readSegments(view: DataView, table: number): Set<number> {
  const found = new Set<number>();
  const count = view.getUint32(table + 12);
  for (let index = 0; index < count; index += 1) {
    const group = table + 16 + index * 12;
    const first = view.getUint32(group);
    const last = Math.min(view.getUint32(group + 4), 0x10ffff);
    for (let codePoint = first; codePoint <= last; codePoint += 1) {
      if (view.getUint32(group + 8) + codePoint - first !== 0) found.add(codePoint);
    }
  }
  return found;
}

function readBasicSegments(view: DataView, table: number): Set<number> {
  const found = new Set<number>();
  const double = view.getUint16(table + 6);
  const lasts = table + 14;
  const firsts = lasts + double + 2;
  const deltas = firsts + double;
  const offsets = deltas + double;
  for (let index = 0; index < double; index += 2) {
    const first = view.getUint16(firsts + index);
    const last = view.getUint16(lasts + index);
    const offset = view.getUint16(offsets + index);
    for (let codePoint = first; codePoint <= last && codePoint < 0xffff; codePoint += 1) {
      // An offset points, from where it stands itself, into the list of glyphs; 0 there is no glyph.
      const glyph =
        offset === 0
          ? (codePoint + view.getUint16(deltas + index)) & 0xffff
          : view.getUint16(offsets + index + offset + (codePoint - first) * 2);
      if (glyph !== 0) found.add(codePoint);
    }
  }
  return found;
}
