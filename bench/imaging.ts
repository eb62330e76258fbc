import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import jpegJs from "jpeg-js";
import sharp, { type Sharp } from "sharp";
import { configureImaging, deriveVariants, type VariantBox, variants } from "../server/imaging/index.ts";
import { photoLike } from "../server/imaging/photo.testing.ts";
import { jpegEncoding, white } from "../server/imaging/recipe.ts";
import { type ComparedPicture, ssim } from "../server/imaging/ssim.testing.ts";
import type { BenchRow } from "./bench-row.ts";

export interface ImagingBenchOptions {
  readonly quick: boolean;
  /** A JPEG to measure with instead of the made-up one; also `BENCH_PHOTO`. */
  readonly photo?: string;
}

/**
 * The thumbnails of a 6 MP JPEG against one shrink-on-load decode (the floor), four independent sharp pipelines and a
 * decoder in plain JavaScript (the peers). Everything takes its turn in every round, so that a noisy machine is noisy
 * for all of them.
 */
export async function run(options: ImagingBenchOptions): Promise<BenchRow[]> {
  configureImaging();
  const path = options.photo ?? process.env.BENCH_PHOTO;
  const photo = path ? await readFile(path) : await madeUpPhoto();
  const rounds = options.quick ? 9 : 31;
  const timings = await measure(rounds, {
    floor: () => oneDecode(photo),
    ours: () => ours(photo),
    four: () => fourPipelines(photo),
  });
  const script = await measure(options.quick ? 1 : 3, { script: () => plainScript(photo) });
  return [...timingRows(path ?? "made-up photo", { ...timings, ...script }), ...(await likenessRows(photo))];
}

function madeUpPhoto(): Promise<Buffer> {
  return photoLike(2725, 2225).then((picture) => picture.jpeg({ quality: 82 }).toBuffer());
}

async function oneDecode(photo: Buffer): Promise<void> {
  await sharp(photo).resize({ width: 320, height: 260, fit: "inside" }).raw().toBuffer();
}

async function ours(photo: Buffer): Promise<void> {
  createHash("sha256").update(photo).digest("hex");
  await deriveVariants(photo, { pixelsMax: 50_000_000 });
}

/** The same four pictures in the same encoding, each decoded for itself, at once; no placeholder and no hash. */
async function fourPipelines(photo: Buffer): Promise<void> {
  const upright = () => sharp(photo, { autoOrient: true }).flatten({ background: white });
  await Promise.all(variants.map((box) => contained(upright(), box).jpeg(jpegEncoding).toBuffer()));
}

function contained(picture: Sharp, { width, height }: VariantBox): Sharp {
  return picture.resize({ width, height, fit: "contain", background: white, withoutEnlargement: true });
}

/** Decoding, averaging and encoding in plain JavaScript, once for each variant. */
function plainScript(photo: Buffer): Promise<void> {
  for (const box of variants) {
    const { width, height, data } = jpegJs.decode(photo, { useTArray: true, maxMemoryUsageInMB: 1024 });
    const scale = Math.min(box.width / width, box.height / height);
    const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
    const small = Buffer.alloc(size.width * size.height * 4);
    for (let y = 0; y < size.height; y += 1) {
      for (let x = 0; x < size.width; x += 1) {
        const from = { x: Math.floor(x / scale), y: Math.floor(y / scale) };
        const to = {
          x: Math.min(width, Math.floor((x + 1) / scale)),
          y: Math.min(height, Math.floor((y + 1) / scale)),
        };
        averageInto(small, (y * size.width + x) * 4, data, width, from, to);
      }
    }
    jpegJs.encode({ ...size, data: small }, jpegEncoding.quality);
  }
  return Promise.resolve();
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function averageInto(target: Buffer, at: number, data: Uint8Array, width: number, from: Point, to: Point): void {
  const sums = [0, 0, 0, 0];
  for (let y = from.y; y < to.y; y += 1) {
    for (let x = from.x; x < to.x; x += 1) {
      for (let c = 0; c < 4; c += 1) sums[c] = (sums[c] ?? 0) + (data[(y * width + x) * 4 + c] ?? 0);
    }
  }
  const count = Math.max(1, (to.x - from.x) * (to.y - from.y));
  for (let c = 0; c < 4; c += 1) target[at + c] = Math.round((sums[c] ?? 0) / count);
}

interface Timing {
  readonly cpuMs: number[];
  readonly wallMs: number[];
}

const warmUpRounds = 3;

async function measure<Name extends string>(
  rounds: number,
  subjects: Record<Name, () => Promise<void>>,
): Promise<Record<Name, Timing>> {
  const entries = Object.entries<() => Promise<void>>(subjects);
  const timings: Record<string, Timing> = Object.fromEntries(
    entries.map(([name]) => [name, { cpuMs: [], wallMs: [] }]),
  );
  const warmUps = rounds > 3 ? warmUpRounds : 0;
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const [name, work] of entries) {
      const cpuBefore = process.cpuUsage();
      const wallBefore = performance.now();
      await work();
      const cpu = process.cpuUsage(cpuBefore);
      if (round < 0) continue;
      timings[name]?.cpuMs.push((cpu.user + cpu.system) / 1000);
      timings[name]?.wallMs.push(performance.now() - wallBefore);
    }
  }
  return timings as Record<Name, Timing>;
}

function timingRows(photo: string, timings: Record<"floor" | "ours" | "four" | "script", Timing>): BenchRow[] {
  const cpu = (name: keyof typeof timings) => quantile(timings[name].cpuMs, 0.5);
  const ratio = cpu("ours") / cpu("floor");
  const fewer = cpu("four") / cpu("ours");
  const fewest = cpu("script") / cpu("ours");
  const row = (name: string, ms: readonly number[], more: Partial<BenchRow> = {}): BenchRow => ({
    name: `imaging: ${name}`,
    value: quantile(ms, 0.5),
    unit: "ms",
    ...more,
    note: [`median of ${ms.length}, middle half ${spread(ms)}`, more.note].filter(Boolean).join("; "),
  });
  return [
    row("floor, one shrink-on-load decode to 320×260, CPU", timings.floor.cpuMs, { note: photo }),
    row("four variants + placeholder + SHA-256, CPU", timings.ours.cpuMs, {
      ratio,
      ratioTo: "floor",
      reach: "≤ 2.0 ×",
      reached: ratio <= 2,
    }),
    row("four variants + placeholder + SHA-256, wall", timings.ours.wallMs, {
      ratio: quantile(timings.ours.wallMs, 0.5) / quantile(timings.floor.wallMs, 0.5),
      ratioTo: "floor",
    }),
    row("peer, four independent sharp pipelines, CPU", timings.four.cpuMs, {
      ratio: fewer,
      ratioTo: "ours",
      reach: "≥ 2 ×",
      reached: fewer >= 2,
    }),
    row("peer, decoded in plain JavaScript per variant, CPU", timings.script.cpuMs, {
      ratio: fewest,
      ratioTo: "ours",
      reach: "≥ 100 ×",
      reached: fewest >= 100,
    }),
  ];
}

/** Each variant as it is stored against a resize from the full-size decode that was never encoded. */
async function likenessRows(photo: Buffer): Promise<BenchRow[]> {
  const derived = await deriveVariants(photo, { pixelsMax: 50_000_000 });
  const { pixels, ...size } = await pixelsOf(sharp(photo, { autoOrient: true }).flatten({ background: white }));
  const full = () => sharp(pixels, { raw: { ...size, channels: 3 } });
  return Promise.all(
    derived.variants.map(async (variant) => {
      const stored = await pixelsOf(sharp(variant.bytes));
      const value = ssim(stored, await pixelsOf(contained(full(), variant)));
      const note = `${variant.sizeBytes} bytes; against one resize of the full-size decode, unencoded`;
      const name = `imaging: likeness of ${variant.name} ${variant.width}×${variant.height}`;
      return { name, value, unit: "SSIM", reach: "≥ 0.98", reached: value >= 0.98, note };
    }),
  );
}

async function pixelsOf(picture: Sharp): Promise<ComparedPicture> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function spread(values: readonly number[]): string {
  return `${quantile(values, 0.25).toFixed(1)} to ${quantile(values, 0.75).toFixed(1)}`;
}
