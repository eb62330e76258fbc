import { execFile } from "node:child_process";
import { chmod, link, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import pg from "pg";
import type { Page } from "playwright-core";
import { openBrowser } from "../e2e/support/browser.ts";
import { photo } from "../e2e/support/photos.ts";
import { openEmbeddedPostgres } from "../server/foundation/database/embedded-postgres/embedded-postgres.ts";
import { migrate } from "../server/foundation/database/migrate.ts";
import { createLogger } from "../server/foundation/telemetry/logger.ts";
import type { BenchRow } from "./bench-row.ts";
import { followMainThread } from "./main-thread.ts";
import { fillShelves, folderSql, liftLimits } from "./shelves.ts";
import { type BenchShop, openShop } from "./shop.ts";

const productCount = 10_000;
const variants = ["minithumb", "mobile", "tablet", "desktop"];
const longMs = 100;

/**
 * Row `web` of quality.md: the production build in Chromium, before a shop of 10,000 products whose pictures are all
 * there. What the first page weighs, whether scrolling ever holds the page up, as one reads and through the whole
 * catalogue, and how many pictures are asked for before anybody scrolls.
 */
export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const root = fileURLToPath(new URL("../", import.meta.url));
  await promisify(execFile)(process.execPath, ["web/build/main.ts", "--if-stale"], { cwd: root });
  const folder = await mkdtemp(join(tmpdir(), "bodega-bench-web-"));
  await chmod(folder, 0o755);
  const log = createLogger({ level: "warn", name: "bench" });
  const server = await openEmbeddedPostgres({ dataDir: folder, log });
  const pool = new pg.Pool({ connectionString: server.url, max: 2 });
  try {
    await migrate({ url: server.url, log });
    await liftLimits(pool);
    await fillShelves(pool, productCount);
    const shop = await openShop({ DATABASE_URL: server.url });
    const browser = await openBrowser();
    try {
      await hangPictures(pool, shop);
      const context = await browser.newContext({ baseURL: shop.url, viewport: { width: 1280, height: 800 } });
      const signedIn = await context.request.post("/auth/sign-in/email", { data: shop.credentials });
      if (!signedIn.ok()) throw new Error(`the sign-in was answered ${signedIn.status()}`);
      const page = await context.newPage();
      return [await weightRow(page), ...(await scrollRows(page, quick ? 120 : 600))];
    } finally {
      await browser.close();
      await shop.close();
    }
  } finally {
    await pool.end();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A file for every variant of every product; all of them the same bytes on the disk. */
async function hangPictures(pool: pg.Pool, shop: BenchShop): Promise<void> {
  const objects = join(shop.dataDir, "objects");
  const picture = join(shop.dataDir, "picture.jpg");
  await writeFile(picture, (await photo("picture.jpg", { width: 320, height: 260 })).buffer);
  const { rows } = await pool.query<{ readonly folder: string }>(
    `select ${folderSql} as folder
     from catalog.products as product join catalog.product_images as image on image.product_id = product.id
     where image.thumbnail_state = 'ready'`,
  );
  for (const row of rows) {
    const place = join(objects, row.folder);
    await mkdir(place, { recursive: true });
    await Promise.all(variants.map((variant) => link(picture, join(place, `${variant}.jpg`))));
  }
}

/** All scripts that the first page asks for, as they come over the wire with gzip. */
async function weightRow(page: Page): Promise<BenchRow> {
  const bodies: Promise<Buffer>[] = [];
  page.on("response", (answer) => {
    if (/\.js$/.test(new URL(answer.url()).pathname)) bodies.push(answer.body());
  });
  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.locator("[data-state=open]").first().waitFor();
  const scripts = await Promise.all(bodies);
  page.removeAllListeners("response");
  const kilobytes = scripts.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).byteLength, 0) / 1000;
  return {
    name: "JavaScript of the first page, gzipped",
    value: kilobytes,
    unit: "kB",
    reach: "≤ 220 kB",
    reached: kilobytes <= 220,
    note: `${scripts.length} files`,
  };
}

async function scrollRows(page: Page, turns: number): Promise<readonly BenchRow[]> {
  const pictures = new Set<string>();
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/media/")) pictures.add(pathname.split("/").slice(0, 4).join("/"));
  });
  await page.goto("/catalog");
  await page.locator("[role=gridcell] [data-status=ready] img").first().waitFor();
  while (!(await page.evaluate<boolean>("[...document.images].every((image) => image.complete)")))
    await passFrames(page, 2);
  const inView = await page.locator("[role=gridcell]").count();
  const asked = pictures.size;

  const reading = await scroll(page, {
    name: "at a reader's pace",
    turns: Math.ceil(turns / 2),
    pixels: 120,
    frames: 4,
  });
  const flying = await scroll(page, { name: "through all of it", turns, pixels: 900, frames: 2 });
  return [
    ...reading,
    ...flying,
    {
      name: "pictures asked for before anybody scrolls",
      value: asked,
      unit: "products",
      ratio: asked / inView,
      ratioTo: "tiles that exist",
      reach: "≤ 1 × tiles",
      reached: asked <= inView,
      note: `${inView} of ${productCount.toLocaleString("en")} tiles exist`,
    },
  ];
}

interface Scroll {
  readonly name: string;
  readonly turns: number;
  /** Of a turn of the wheel, and how many frames pass until the next. */
  readonly pixels: number;
  readonly frames: number;
}

async function scroll(page: Page, { name, turns, pixels, frames }: Scroll): Promise<readonly BenchRow[]> {
  await page.evaluate(`
    globalThis.longTasks = [];
    globalThis.longTaskObserver?.disconnect();
    globalThis.longTaskObserver = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.longTasks.push(entry.duration);
    });
    globalThis.longTaskObserver.observe({ type: "longtask" });
  `);
  const mainThread = await followMainThread(page);
  await page.mouse.move(640, 500);
  for (let turn = 0; turn < turns; turn += 1) {
    await page.mouse.wheel(0, pixels);
    await passFrames(page, frames);
  }
  const cpuMs = await mainThread.tasksMs();
  const tasks = await page.evaluate<number[]>("globalThis.longTasks");
  const reachedRow = await page.locator("[role=row]").last().getAttribute("aria-rowindex");
  const long = tasks.filter((durationMs) => durationMs > longMs);
  return [
    {
      name: `long tasks > ${longMs} ms, scrolling ${name}`,
      value: long.length,
      unit: "tasks",
      reach: "none",
      reached: long.length === 0,
      note: `longest ${Math.max(0, ...tasks).toFixed(0)} ms; ${turns} turns of the wheel, to row ${reachedRow}`,
    },
    {
      // What the same tasks took of a processor: the rest of the time above, they waited for one. Server, database and
      // what Chromium draws with share the machine with the page.
      name: `tasks > ${longMs} ms of processor time, ${name}`,
      value: cpuMs.filter((ms) => ms > longMs).length,
      unit: "tasks",
      note: `longest ${Math.max(0, ...cpuMs).toFixed(0)} ms; ${(sum(cpuMs) / turns).toFixed(0)} ms a turn of the wheel`,
    },
  ];
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

async function passFrames(page: Page, frames: number): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const pass = (left) => (left === 0 ? resolve() : requestAnimationFrame(() => pass(left - 1)));
    pass(${frames});
  })`);
}
