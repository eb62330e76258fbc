import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { configureImaging, deriveVariants } from "../server/imaging/index.ts";
import { photoLike } from "../server/imaging/photo.testing.ts";
import type { BenchRow } from "./bench-row.ts";
import { type BenchShop, openShop } from "./shop.ts";

/**
 * From the first byte of an upload by HTTP to `thumbnails_ready` seen on the event stream, against the wall time of the
 * drawing alone (`imaging`) in this process: first one photo at a time, then bursts from eight senders, then the memory
 * of ten 24 MP photos at once. Sender and shop share the machine.
 */
export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  configureImaging();
  const photo = await (await photoLike(2725, 2225)).jpeg({ quality: 82 }).toBuffer();
  const floorMs = await drawingMs(photo, quick ? 8 : 20);
  const floorPerSecond = (availableParallelism() * 1000) / floorMs;
  const shop = await openShop();
  try {
    const events = followEvents(shop);
    const warmUp = await burst(shop, events, photo, 4, 2);
    const alone = await oneByOne(shop, events, photo, quick ? 12 : 40);
    const rows: BenchRow[] = [
      { name: "floor: drawing one 6 MP photo, wall", value: floorMs, unit: "ms", note: "median, one at a time" },
      {
        name: "upload → thumbnails_ready, alone, median",
        value: median(alone),
        unit: "ms",
        ratio: median(alone) / floorMs,
        ratioTo: "floor",
        reach: "≤ floor + 40 ms",
        reached: median(alone) <= floorMs + 40,
        note: `floor + ${(median(alone) - floorMs).toFixed(0)} ms, p95 ${quantile(alone, 0.95).toFixed(0)} ms, ${alone.length} photos, ${warmUp.photos} before to warm up`,
      },
    ];
    for (const photos of quick ? [25] : [25, 100]) {
      const { perSecond, seconds } = await burst(shop, events, photo, photos, 8);
      rows.push({
        name: `burst of ${photos} products, 8 at a time`,
        value: perSecond,
        unit: "photos/s",
        ratio: perSecond / floorPerSecond,
        ratioTo: "floor × cores",
        ...(photos === 100 && { reach: "≥ 60 %", reached: perSecond / floorPerSecond >= 0.6 }),
        note: `${seconds.toFixed(1)} s; floor × cores is ${floorPerSecond.toFixed(1)} photos/s`,
      });
    }
    rows.push(await memoryRow(shop, events));
    events.close();
    return rows;
  } finally {
    await shop.close();
  }
}

async function drawingMs(photo: Buffer, rounds: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now();
    await deriveVariants(photo, { pixelsMax: 50_000_000 });
    times.push(performance.now() - from);
  }
  return median(times);
}

async function oneByOne(shop: BenchShop, events: Events, photo: Buffer, photos: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < photos; index += 1) {
    const productId = await newProduct(shop);
    const from = performance.now();
    await upload(shop, productId, distinct(photo));
    await events.ready(productId);
    times.push(performance.now() - from);
  }
  return times;
}

/** Products are there before the clock starts; what counts is photos. */
async function burst(shop: BenchShop, events: Events, photo: Buffer, photos: number, senders: number) {
  const productIds: string[] = [];
  for (let index = 0; index < photos; index += 1) productIds.push(await newProduct(shop));
  const waiting = [...productIds];
  const from = performance.now();
  const send = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) await upload(shop, id, distinct(photo));
  };
  await Promise.all(Array.from({ length: senders }, send));
  await Promise.all(productIds.map((id) => events.ready(id)));
  const seconds = (performance.now() - from) / 1000;
  return { photos, seconds, perSecond: photos / seconds };
}

async function memoryRow(shop: BenchShop, events: Events): Promise<BenchRow> {
  const large = await (await photoLike(6000, 4000)).jpeg({ quality: 82 }).toBuffer();
  await burst(shop, events, large, 10, 10);
  const peakMiB = (await shop.peakMemoryBytes()) / 2 ** 20;
  return {
    name: "memory at its peak, ten 24 MP photos at once",
    value: peakMiB,
    unit: "MiB",
    reach: "≤ 400 MB",
    reached: peakMiB * 2 ** 20 <= 400e6,
    note: "resident set of api and worker in one process, over the whole bench",
  };
}

async function newProduct(shop: BenchShop): Promise<string> {
  const sku = randomBytes(8).toString("hex");
  const answer = await shop.request("POST", "/v1/products", JSON.stringify({ sku, name: sku }), {
    "content-type": "application/json",
  });
  if (answer.status !== 201) throw new Error(`a product was refused: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

async function upload(shop: BenchShop, productId: string, photo: Buffer): Promise<void> {
  const form = new FormData();
  form.set("file", new Blob([new Uint8Array(photo)], { type: "image/jpeg" }), "photo.jpg");
  const answer = await shop.request("POST", `/v1/products/${productId}/images`, form);
  if (answer.status !== 201) throw new Error(`an upload was refused: ${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
}

/** The same picture with a comment of its own, so that no two uploads are the same bytes. */
function distinct(photo: Buffer): Buffer {
  const comment = randomBytes(16).toString("hex");
  const segment = Buffer.alloc(4 + comment.length);
  segment.writeUInt16BE(0xfffe, 0);
  segment.writeUInt16BE(2 + comment.length, 2);
  segment.write(comment, 4, "latin1");
  return Buffer.concat([photo.subarray(0, 2), segment, photo.subarray(2)]);
}

interface Events {
  /** Resolves when the product's thumbnails are ready, also when they have been for long. */
  readonly ready: (productId: string) => Promise<void>;
  readonly close: () => void;
}

function followEvents(shop: BenchShop): Events {
  const stopping = new AbortController();
  const seen = new Set<string>();
  const waiting = new Map<string, () => void>();
  const failed = (async () => {
    const answer = await fetch(`${shop.url}/v1/events?topics=product-images`, {
      headers: { authorization: `Bearer ${shop.token}` },
      signal: stopping.signal,
    });
    let text = "";
    for await (const chunk of (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const frames = text.split("\n\n");
      text = frames.pop() ?? "";
      for (const frame of frames) {
        const data = /^data: (.*)$/m.exec(frame)?.[1];
        if (data === undefined) continue;
        const event = JSON.parse(data) as { productId: string; phase: string };
        if (event.phase !== "thumbnails_ready") continue;
        seen.add(event.productId);
        waiting.get(event.productId)?.();
      }
    }
  })();
  return {
    ready: async (productId) => {
      const arrived = new Promise<void>((resolve) => {
        if (seen.has(productId)) resolve();
        else waiting.set(productId, resolve);
      });
      await Promise.race([
        arrived,
        failed.then(() => {
          throw new Error("the event stream ended");
        }),
      ]);
    },
    close: () => {
      failed.catch(() => undefined);
      stopping.abort();
    },
  };
}

const median = (values: readonly number[]): number => quantile(values, 0.5);

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
