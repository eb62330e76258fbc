import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { openEmbeddedPostgres } from "../server/foundation/database/embedded-postgres/embedded-postgres.ts";
import { migrate } from "../server/foundation/database/migrate.ts";
import { createLogger } from "../server/foundation/telemetry/logger.ts";
import type { BenchRow } from "./bench-row.ts";
import { fillShelves, liftLimits } from "./shelves.ts";
import { type BenchShop, openShop } from "./shop.ts";

/** Events that a reader has missed when it resumes. */
const missedEvents = 100;

interface Subject {
  readonly name: string;
  /** Asks once, to the last byte of the answer. */
  readonly ask: (round: number) => Promise<void>;
}

/**
 * Row `catalogue` of quality.md: how the answers by HTTP change while the shop grows. At each size, one asker goes round
 * by round through all subjects, so that each meets the same noise as the floor: a product by its primary key. The shop
 * has as many events as products. Asker, shop and database share the machine.
 */
export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const sizes = quick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000];
  const folder = await mkdtemp(join(tmpdir(), "bodega-bench-catalogue-"));
  await chmod(folder, 0o755);
  const log = createLogger({ level: "warn", name: "bench" });
  const server = await openEmbeddedPostgres({ dataDir: folder, log });
  const pool = new pg.Pool({ connectionString: server.url, max: 2 });
  try {
    await migrate({ url: server.url, log });
    await liftLimits(pool);
    const shop = await openShop({ DATABASE_URL: server.url });
    try {
      const measured = new Map<number, ReadonlyMap<string, number>>();
      for (const size of sizes) {
        await fillShelves(pool, size);
        await fillEvents(pool, size);
        measured.set(size, await measure(await subjectsOf(pool, shop, size), quick ? 60 : 200));
      }
      return rowsOf(sizes, measured);
    } finally {
      await shop.close();
    }
  } finally {
    await pool.end();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Adds numbered events, as commits would have left them, until there are `count`. */
async function fillEvents(pool: pg.Pool, count: number): Promise<void> {
  await pool.query(
    `with added as (
       insert into platform.events (topic, payload, position)
       select 'product-images', jsonb_build_object(
           'id', n, 'productId', product.id, 'imageId', product.id, 'phase', 'base_insert', 'revision', n
         ), n
       from (select id from catalog.products limit 1) as product,
         generate_series((select last_position from platform.event_stream) + 1, $1::bigint) as n
       returning position
     )
     update platform.event_stream set last_position = (select max(position) from added)
     where exists (select from added)`,
    [count],
  );
  await pool.query("vacuum analyze platform.events");
}

async function subjectsOf(pool: pg.Pool, shop: BenchShop, size: number): Promise<readonly Subject[]> {
  const { rows } = await pool.query<{ readonly id: string; readonly word: string }>(
    "select id, regexp_replace(name, '^.* ', '') as word from catalog.products order by md5(sku) limit 500",
  );
  const read = async (path: string) => {
    const answer = await shop.request("GET", path);
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  const of = (round: number) => rows[round % rows.length];
  return [
    { name: floor, ask: (round) => read(`/v1/products/${of(round)?.id}`) },
    { name: "list, first page", ask: () => read("/v1/products?limit=50") },
    { name: "search, one hit", ask: (round) => read(`/v1/products?limit=50&query=${of(round)?.word}`) },
    { name: "search, a tenth of the shop", ask: () => read("/v1/products?limit=50&query=taza%20roja") },
    { name: "photos that failed", ask: () => read("/v1/products?limit=50&imageState=failed") },
    { name: "without a photo", ask: () => read("/v1/products?limit=50&imageState=missing") },
    { name: `events, resumed ${missedEvents} behind`, ask: () => resumeEvents(shop, size - missedEvents) },
  ];
}

const floor = "a product by its key";

/** From the request to the last of the events that were missed. */
async function resumeEvents(shop: BenchShop, after: number): Promise<void> {
  const stopping = new AbortController();
  const answer = await fetch(`${shop.url}/v1/events?topics=product-images`, {
    headers: { authorization: `Bearer ${shop.token}`, "last-event-id": String(after) },
    signal: stopping.signal,
  });
  let text = "";
  for await (const chunk of (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.match(/^data: /gm)?.length === missedEvents) break;
  }
  stopping.abort();
}

/** The 95th percentile of each subject, in milliseconds. */
async function measure(subjects: readonly Subject[], rounds: number): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  const warmUp = Math.ceil(rounds / 10);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const { name, ask } of subjects) {
      const from = performance.now();
      await ask(round + warmUp);
      if (round >= 0) times.get(name)?.push(performance.now() - from);
    }
  }
  return new Map([...times].map(([name, all]) => [name, quantile(all, 0.95)]));
}

function rowsOf(sizes: readonly number[], measured: ReadonlyMap<number, ReadonlyMap<string, number>>): BenchRow[] {
  const of = (size: number | undefined, name: string) => measured.get(size ?? 0)?.get(name) ?? Number.NaN;
  const [smallest] = sizes;
  const names = [...(measured.get(smallest ?? 0)?.keys() ?? [])];
  return names.flatMap((name) =>
    sizes.map((size): BenchRow => {
      const value = of(size, name);
      const growth = value / of(smallest, name);
      const isLargest = size === sizes.at(-1) && size !== smallest;
      return {
        name: `${name}, of ${size.toLocaleString("en")}, p95`,
        value,
        unit: "ms",
        ...(name !== floor && { ratio: value / of(size, floor), ratioTo: "by its key" }),
        ...(isLargest && {
          reach: "grows < 2 ×",
          reached: growth < 2,
          note: `${growth.toFixed(2)} × the smallest shop`,
        }),
      };
    }),
  );
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
