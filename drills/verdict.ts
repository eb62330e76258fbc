import { setTimeout as pause } from "node:timers/promises";
import { modules } from "../server/application.ts";
import type { Foundation } from "../server/foundation/foundation.ts";
import { variants } from "../server/imaging/index.ts";
import { type Customer, imageMadeBy } from "./customer.ts";
import { count, type Figure } from "./drill.ts";
import type { History } from "./history.ts";
import { forEach, until } from "./patience.ts";
import { type Photo, thumbnailFault } from "./photos.ts";
import { countOpenWork, countPhotoEvents, listPhotos, type PhotoRow } from "./queries.ts";
import type { Shop } from "./shop.ts";

export interface Expectations {
  /** Photos that may end `failed`, each with the reason that it must name. */
  readonly failures?: ReadonlyMap<string, string>;
  /** False where photos were also replaced and removed: then only what is there is judged. Default: true. */
  readonly uploadsOnly?: boolean;
}

export interface Judgement {
  readonly photos: readonly PhotoRow[];
  readonly figures: readonly Figure[];
  readonly violations: readonly string[];
}

const settleMsMax = 180_000;
const quietPauseMs = 250;
const lookedAtAtOnce = 6;
const variantNames: ReadonlySet<string> = new Set(variants.map(({ name }) => name));

/**
 * Waits until the shop has nothing left to do, sweeps the store once, and holds database and store against the history:
 * whatever was answered 2xx is there, once, and has come to its end; nothing else is there.
 */
export async function judge(shop: Shop, customer: Customer, expectations: Expectations = {}): Promise<Judgement> {
  const { history } = customer;
  const violations: string[] = [];
  await untilQuiet(shop);
  const photos = await listPhotos(shop.database.db);
  violations.push(...photos.flatMap((photo) => rowFaults(photo, expectations)));
  violations.push(...positionFaults(photos));
  if (expectations.uploadsOnly !== false) {
    violations.push(...uploadFaults(history, photos));
    violations.push(...(await eventFaults(shop, photos)));
  }
  if (history.count("unknown") > 0) violations.push(`${history.count("unknown")} operations are still unknown`);
  const swept = await shop.inspect((foundation) => sweepOrphans(foundation));
  violations.push(...objectFaults(photos, swept.keys));
  await forEach(photos, lookedAtAtOnce, async (photo) => {
    violations.push(...(await addressFaults(customer, photo, shop.album.find(photo.sha256))));
  });
  return {
    photos,
    figures: [
      count("operations ok", history.count("ok")),
      count("operations failed", history.count("failed")),
      count("photos", photos.length),
      count("photos ready", photos.filter(({ state }) => state === "ready").length),
      count("photos failed with a reason", photos.filter(({ state }) => state === "failed").length),
      count("orphans swept", swept.removed),
    ],
    violations,
  };
}

/** Twice in a row nothing open: a job may enqueue another when it ends. */
export async function untilQuiet(shop: Shop): Promise<void> {
  await until("nothing was left to do", settleMsMax, async () => {
    if ((await countOpenWork(shop.database.db)) > 0) return false;
    await pause(quietPauseMs);
    return (await countOpenWork(shop.database.db)) === 0;
  });
}

function rowFaults(photo: PhotoRow, { failures }: Expectations): string[] {
  const name = `photo ${photo.id} at ${photo.position}`;
  const expectedReason = failures?.get(photo.id);
  if (photo.position > 0) {
    return photo.state === "none" && photo.thumbnails === null ? [] : [`${name}: no main photo, yet ${photo.state}`];
  }
  if (photo.state === "failed") {
    return expectedReason !== undefined && photo.errorCode === expectedReason
      ? []
      : [`${name}: failed with ${photo.errorCode ?? "no reason"}, expected ${expectedReason ?? "ready"}`];
  }
  const faults: string[] = [];
  if (photo.state !== "ready") faults.push(`${name}: ${photo.state} (${photo.errorCode ?? "no reason"})`);
  if (photo.jobStatus !== "success") faults.push(`${name}: its job is ${photo.jobStatus ?? "not there"}`);
  if (photo.signature?.startsWith(`${photo.sha256.slice(0, 16)}.`) !== true) {
    faults.push(`${name}: the signature ${photo.signature} is not of its bytes`);
  }
  const folder = `products/${photo.productId}/${photo.id}/${photo.signature}/`;
  const foreign = Object.values(photo.thumbnails ?? {}).filter((key) => !key.startsWith(folder));
  if (foreign.length > 0) faults.push(`${name}: has thumbnails that are not its own: ${foreign.join(", ")}`);
  return faults;
}

function positionFaults(photos: readonly PhotoRow[]): string[] {
  const byProduct = Map.groupBy(photos, ({ productId }) => productId);
  return [...byProduct].flatMap(([productId, list]) => {
    const positions = list.map(({ position }) => position).toSorted((a, b) => a - b);
    const isGapless = positions.every((position, index) => position === index);
    return isGapless ? [] : [`product ${productId}: positions ${positions.join(", ")}`];
  });
}

/** One row for each upload that was answered 2xx, and no other. */
function uploadFaults(history: History, photos: readonly PhotoRow[]): string[] {
  const faults: string[] = [];
  const rows = new Map(photos.map((photo) => [photo.id, photo]));
  const explained = new Set<string>();
  for (const operation of history.operations) {
    const made = imageMadeBy(operation);
    if (made === null) continue;
    const row = rows.get(made.id);
    if (row === undefined) faults.push(`upload ${operation.number} was answered ${operation.status}, but is not there`);
    else if (row.sha256 !== operation.sha256 || row.productId !== operation.productId) {
      faults.push(`upload ${operation.number} is there with other bytes or on another product`);
    }
    if (explained.has(made.id)) faults.push(`upload ${operation.number} was answered with the photo of another`);
    explained.add(made.id);
  }
  for (const photo of photos) {
    if (!explained.has(photo.id)) faults.push(`photo ${photo.id}: no upload explains it`);
  }
  return faults;
}

/** Per creation `base_insert` once and one end: at most two events, neither doubled. */
async function eventFaults(shop: Shop, photos: readonly PhotoRow[]): Promise<string[]> {
  const counted = await countPhotoEvents(shop.database.db);
  const byImage = Map.groupBy(counted, ({ imageId }) => imageId);
  return photos.flatMap((photo) => {
    const told = new Map((byImage.get(photo.id) ?? []).map((each) => [each.phase, each.count]));
    const end = photo.state === "failed" ? "thumbnails_failed" : "thumbnails_ready";
    const expected = new Map(
      photo.position === 0
        ? [
            ["base_insert", 1],
            [end, 1],
          ]
        : [["base_insert", 1]],
    );
    const isAsExpected =
      told.size === expected.size && [...expected].every(([phase, times]) => told.get(phase) === times);
    return isAsExpected ? [] : [`photo ${photo.id}: its events are ${JSON.stringify(Object.fromEntries(told))}`];
  });
}

/** The audit `orphan-objects` over everything, then what the store has left. */
async function sweepOrphans(
  foundation: Foundation,
): Promise<{ readonly removed: number; readonly keys: ReadonlySet<string> }> {
  const audit = modules.flatMap((module) => module.audits ?? []).find(({ name }) => name === "orphan-objects");
  if (audit === undefined) throw new Error("There is no audit orphan-objects.");
  const { log } = foundation;
  const signal = AbortSignal.timeout(settleMsMax);
  const report = await audit.run({ foundation, log, signal, repair: true, full: true });
  const keys = new Set<string>();
  for (let after: string | null = ""; after !== null; ) {
    const page: Awaited<ReturnType<typeof foundation.store.list>> = await foundation.store.list("products/", {
      ...(after !== "" && { after }),
      signal,
    });
    for (const { key } of page.objects) keys.add(key);
    after = page.nextAfter;
  }
  return { removed: report.repaired, keys };
}

/** Every object has its row, and every row its objects: one original and one set of thumbnails. */
function objectFaults(photos: readonly PhotoRow[], keys: ReadonlySet<string>): string[] {
  const wanted = new Set(photos.flatMap((photo) => [photo.originalKey, ...Object.values(photo.thumbnails ?? {})]));
  const orphans = [...keys].filter((key) => !wanted.has(key)).map((key) => `the store has ${key}, which no row knows`);
  const missing = [...wanted].filter((key) => !keys.has(key)).map((key) => `the store does not have ${key}`);
  return [...orphans, ...missing];
}

/** Fetches every thumbnail as a browser would, and looks whether it is a picture of this very photo. */
async function addressFaults(customer: Customer, row: PhotoRow, photo: Photo | undefined): Promise<string[]> {
  if (row.thumbnails === null) return [];
  if (photo === undefined) return [`photo ${row.id}: nobody made the bytes that it has`];
  const { images } = await customer.product(row.productId);
  const shown = images.find(({ id }) => id === row.id)?.thumbnails ?? {};
  const faults: string[] = [];
  const absent = [...variantNames].filter((name) => !(name in shown));
  if (row.state === "ready" && absent.length > 0) faults.push(`photo ${row.id}: shows no ${absent.join(", ")}`);
  for (const box of variants) {
    const address = shown[box.name];
    if (address === undefined) continue;
    const answer = await fetch(new URL(address, customer.nextApi()), { signal: AbortSignal.timeout(30_000) });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const isPicture = answer.status === 200 && answer.headers.get("content-type") === "image/jpeg";
    const fault = isPicture ? await thumbnailFault(bytes, box, photo) : `is answered ${answer.status}`;
    if (fault !== null) faults.push(`photo ${row.id}: ${box.name} ${fault}`);
  }
  return faults;
}
