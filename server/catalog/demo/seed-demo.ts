import { Readable } from "node:stream";
import { z } from "zod";
import type { Foundation } from "../../foundation/foundation.ts";
import { defineTask, type Outcome } from "../../foundation/module.ts";
import { discardReceived, receiveOriginal } from "../photos/original.ts";
import { listImages } from "../photos/queries.ts";
import { appendReceived } from "../photos/service.ts";
import { createProduct } from "../products/service.ts";
import { type DemoProduct, demoProducts } from "./demo-catalogue.ts";
import { type DrawPhoto, openArt } from "./draw-photo.ts";
import {
  type DemoLanguage,
  decideDemoShop,
  findDemoProduct,
  findDemoShop,
  finishDemoShop,
  holdDemoPhoto,
  insertDemoProduct,
  lockDemoShop,
  markDemoPhoto,
} from "./queries.ts";

/** Longer than drawing and storing one photo takes; a worker that died lets go of it after so long. */
const holdMs = 30_000;

/**
 * Fills the demo shop, one product after the other, each with its photo by the same road as everybody's. May stop
 * anywhere and begin again: what is there is left as it is. Ends early when the shop is removed meanwhile.
 */
export const seedDemo = defineTask({
  name: "seed-demo",
  payload: z.object({}),
  timeLimitMs: 300_000,
  attemptsMax: 8,

  async run(_payload, { foundation, signal }): Promise<Outcome> {
    const { database } = foundation;
    const shop = await findDemoShop(database.db);
    if (shop?.state !== "seeding") return { status: "skipped", reason: "there is no demo shop to fill" };
    const draw = await openArt();
    for (const demo of demoProducts(shop.language)) {
      signal.throwIfAborted();
      const productId = await addProduct(foundation, demo);
      if (productId === null) return { status: "skipped", reason: "the demo shop was removed" };
      await addPhoto(foundation, demo, productId, draw);
    }
    const isWhole = await finishDemoShop(database.db);
    return isWhole ? { status: "done" } : { status: "skipped", reason: "another worker draws the last photos" };
  },
});

/**
 * At the first start of a server: a shop without any product gets the demo, unless the configuration wants none. Decided
 * once; a catalogue that is emptied later, or a demo that was removed, stays empty.
 */
export async function offerDemo(foundation: Foundation): Promise<void> {
  const { config, database, jobs, log } = foundation;
  await database.transaction(async (tx) => {
    const decided = await decideDemoShop(tx, config.demo, systemLanguage());
    const state = decided ?? (await findDemoShop(tx))?.state;
    if (decided === "seeding") log.info("the catalogue is empty: filling the demo shop");
    // Also when an earlier start decided it and the job was lost since.
    if (state === "seeding") await jobs.enqueue(tx, seedDemo.name, {}, { key: seedDemo.name });
  });
}

/** English where the system speaks it; Spanish else, also where it speaks nothing (`LANG=C`). */
export function systemLanguage(locale = new Intl.DateTimeFormat().resolvedOptions().locale): DemoLanguage {
  return locale.startsWith("en") && !locale.includes("posix") ? "en" : "es";
}

/** The product's id; null when the shop is not (any more) to be filled. */
async function addProduct({ database }: Foundation, { slug, product }: DemoProduct): Promise<string | null> {
  return database.transaction(async (tx) => {
    const shop = await lockDemoShop(tx);
    if (shop?.state !== "seeding") return null;
    const known = await findDemoProduct(tx, slug);
    if (known !== null) return known;
    const { id } = await createProduct(tx, product, null);
    await insertDemoProduct(tx, slug, id);
    return id;
  });
}

async function addPhoto(
  foundation: Foundation,
  { slug, product }: DemoProduct,
  productId: string,
  draw: DrawPhoto,
): Promise<void> {
  const { db } = foundation.database;
  if (!(await holdDemoPhoto(db, slug, holdMs))) return;
  // A worker that died between photo and mark left one.
  if ((await listImages(db, productId)).length === 0) {
    const file = await receiveOriginal(foundation, Readable.from([await draw(slug)]));
    try {
      await appendReceived(foundation, productId, file, product.name);
    } finally {
      await discardReceived(file);
    }
  }
  await markDemoPhoto(db, slug);
}
