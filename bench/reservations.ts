import { randomUUID } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { Database } from "../server/foundation/database/database.ts";
import { openEmbeddedPostgres } from "../server/foundation/database/embedded-postgres/embedded-postgres.ts";
import { migrate } from "../server/foundation/database/migrate.ts";
import { createLogger } from "../server/foundation/telemetry/logger.ts";
import { ReservationBatcher } from "../server/inventory/reservation-batcher.ts";
import { type ReservationRequest, reserveStock } from "../server/inventory/reservations/queries.ts";
import type { BenchRow } from "./bench-row.ts";
import { type Accepted, HttpLoad } from "./http-load.ts";
import { findPgbench, type Pgbench } from "./pgbench.ts";
import { openShop } from "./shop.ts";

const productsMax = 10_000;
/** Askers at once, of every kind. */
const askers = 32;

interface Item {
  readonly productId: string;
  readonly locationId: string;
}

/** Which lines the nth request asks for. */
type Shape = "spread" | "hot" | "mixed";
const shapes: readonly Shape[] = ["spread", "hot", "mixed"];

/**
 * Row `reservations` of quality.md. One durable PostgreSQL; one after the other, in every round: pgbench updating one row
 * of a plain table (spread over 10,000 rows, and one hot row), pgbench calling the function (each call a transaction),
 * the batcher in this process, and the shop by HTTP with its own process. What counts is what was accepted; afterwards
 * the books must agree with it: as many reservations and units held as were answered. Askers, shop and database share
 * the machine; a ratio is the median of those within a round, so that a noisy machine is noisy for both of its sides.
 */
export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "bodega-bench-reservations-"));
  await chmod(folder, 0o755);
  const log = createLogger({ level: "warn", name: "bench" });
  const server = await openEmbeddedPostgres({ dataDir: folder, log });
  try {
    await migrate({ url: server.url, log });
    const database = new Database({ url: server.url, directUrl: server.url, connectionsMax: 16, log });
    const shop = await openShop({ DATABASE_URL: server.url });
    try {
      const items = await stockUp(database.pool);
      const pgbench = await findPgbench(server.url, items.length);
      const http = new HttpLoad(shop.url, shop.token, askers);
      const subjects = subjectsOf(database, items, pgbench, http);
      const measured = await measure(subjects, { rounds: quick ? 3 : 9, seconds: quick ? 1.5 : 3, database });
      await requireSound(database.pool, measured);
      const latency = await latencyRows(database, items, quick ? 300 : 1_000);
      http.close();
      return [...rowsOf(measured, pgbench), ...latency];
    } finally {
      await shop.close();
      await database.close();
    }
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** 10,000 products with more stock than will be asked for, at one location. */
async function stockUp(pool: pg.Pool): Promise<readonly Item[]> {
  await pool.query(`
    insert into catalog.products (sku, name) select 'bench-' || n, 'Product ' || n from generate_series(1, ${productsMax}) as n
  `);
  await pool.query("select inventory.create_location('bench', 'Bench')");
  const { rows } = await pool.query<Item>(`
    select product.id as "productId", location.id as "locationId"
    from catalog.products as product, inventory.locations as location
  `);
  for (let from = 0; from < rows.length; from += 500) {
    const lines = rows.slice(from, from + 500).map((item) => ({ ...item, quantity: 100_000_000 }));
    await pool.query("select inventory.record_movement('entry', $1)", [JSON.stringify(lines)]);
  }
  await pool.query(`
    insert into platform.app_settings (key, value, updated_by)
    values ('limits.requests', '{"burst": 1000000, "perSecond": 1000000}', 'bench')
  `);
  await pool.query(`
    create table public.bench_rows (n integer primary key, amount numeric(14, 3) not null default 0) with (fillfactor = 50);
    insert into public.bench_rows select n from generate_series(1, ${productsMax}) as n;
    create table public.bench_items as
    select row_number() over (order by product.id) as n, product.id as product_id, location.id as location_id
    from catalog.products as product, inventory.locations as location;
    create unique index on public.bench_items (n);
  `);
  await pool.query("vacuum analyze");
  return rows;
}

interface Subject {
  readonly name: string;
  readonly shape: Shape;
  /** Runs for so long and answers how much was accepted. */
  readonly run: (seconds: number) => Promise<Accepted>;
  /** Whether it reserves, so that the books must show it. */
  readonly reserves: boolean;
}

function subjectsOf(
  database: Database,
  items: readonly Item[],
  pgbench: Pgbench | null,
  http: HttpLoad,
): readonly Subject[] {
  const batcher = new ReservationBatcher(database.db);
  const peers =
    pgbench === null
      ? []
      : shapes.flatMap((shape): Subject[] => [
          ...(shape === "mixed"
            ? []
            : [
                {
                  name: "one-row update, pgbench",
                  shape,
                  reserves: false,
                  run: (s: number) => pgbench.update(shape, s),
                },
              ]),
          { name: "function, pgbench", shape, reserves: true, run: (s) => pgbench.reserve(shape, s) },
        ]);
  const ours = shapes.flatMap((shape): Subject[] => [
    {
      name: "function, batched",
      shape,
      reserves: true,
      run: (seconds) =>
        ask(seconds, async () => (await batcher.reserve(requestOf(items, shape))).outcome === "created"),
    },
    {
      name: "HTTP",
      shape,
      reserves: true,
      run: (seconds) =>
        http.run(seconds, () => ({
          path: "/v1/reservations",
          headers: { "idempotency-key": randomUUID() },
          body: JSON.stringify({ lines: linesOf(items, shape) }),
          accepted: 201,
        })),
    },
  ]);
  return [...peers, ...ours];
}

function linesOf(items: readonly Item[], shape: Shape) {
  const any = () => items[shape === "hot" ? 0 : Math.floor(Math.random() * items.length)];
  return Array.from({ length: shape === "mixed" ? 5 : 1 }, () => ({ ...any(), quantity: "1" }));
}

function requestOf(items: readonly Item[], shape: Shape): ReservationRequest {
  const lines = linesOf(items, shape).map(({ productId = "", locationId = "", quantity }) => ({
    productId,
    locationId,
    quantity,
  }));
  return { userId: "bench", role: "sales", key: randomUUID(), lines, reference: null, expiresInSeconds: null };
}

async function ask(seconds: number, once: () => Promise<boolean>): Promise<Accepted> {
  const from = performance.now();
  const until = from + seconds * 1_000;
  let accepted = 0;
  await Promise.all(
    Array.from({ length: askers }, async () => {
      while (performance.now() < until) if (await once()) accepted += 1;
    }),
  );
  return { accepted, perSecond: (accepted * 1_000) / (performance.now() - from) };
}

interface Measured {
  readonly subject: Subject;
  readonly perSecond: readonly number[];
  /** In all, the run that warms up included. */
  readonly accepted: number;
}

/** Everything takes its turn in every round, so that a noisy machine is noisy for all of them. */
async function measure(
  subjects: readonly Subject[],
  { rounds, seconds, database }: { readonly rounds: number; readonly seconds: number; readonly database: Database },
): Promise<readonly Measured[]> {
  const measured = subjects.map((subject) => ({ subject, perSecond: [] as number[], accepted: 0 }));
  for (const each of measured) each.accepted += (await each.subject.run(0.5)).accepted;
  for (let round = 0; round < rounds; round += 1) {
    for (const each of measured) {
      await database.pool.query("checkpoint");
      const { accepted, perSecond } = await each.subject.run(seconds);
      each.accepted += accepted;
      each.perSecond.push(perSecond);
    }
  }
  return measured;
}

function rowsOf(measured: readonly Measured[], pgbench: Pgbench | null): BenchRow[] {
  const of = (name: string, shape: Shape) =>
    measured.find(({ subject }) => subject.name === name && subject.shape === shape)?.perSecond ?? [];
  const missing: BenchRow[] =
    pgbench === null
      ? [
          {
            name: "pgbench",
            value: 0,
            unit: "",
            note: "missing: install it, or name it in PGBENCH; no peers, no ratios",
          },
        ]
      : [];
  const rows = measured.map(({ subject: { name, shape }, perSecond }): BenchRow => {
    const value = median(perSecond);
    const peer = name === "function, pgbench" ? of("one-row update, pgbench", shape) : of("function, pgbench", shape);
    const ratio = median(
      perSecond.map((each, round) => each / (peer[round] ?? Number.NaN)).filter((each) => Number.isFinite(each)),
    );
    const isPeer = name === "one-row update, pgbench" || peer.length === 0;
    return {
      name: `${name}, ${shape}`,
      value,
      unit: name.startsWith("one-row") ? "updates/s" : "accepted/s",
      ...(!isPeer && {
        ratio,
        ratioTo: name === "function, pgbench" ? "one-row update" : "function by pgbench",
        ...reachOf(name, shape, ratio),
      }),
      note: `${Math.min(...perSecond).toFixed(0)} to ${Math.max(...perSecond).toFixed(0)} in ${perSecond.length} rounds, ${askers} askers`,
    };
  });
  return [...missing, ...rows];
}

function reachOf(name: string, shape: Shape, ratio: number): Pick<BenchRow, "reach" | "reached"> {
  if (name === "HTTP" && shape === "spread") return { reach: "≥ 0.35", reached: ratio >= 0.35 };
  if (name === "function, batched" && shape === "hot") return { reach: "≥ 1.5", reached: ratio >= 1.5 };
  return {};
}

/** One asker alone: by the batcher, and straight to the function, in turn. */
async function latencyRows(database: Database, items: readonly Item[], asks: number): Promise<BenchRow[]> {
  const batcher = new ReservationBatcher(database.db);
  const times = { batched: [] as number[], straight: [] as number[] };
  for (let n = 0; n < asks; n += 1) {
    const order = n % 2 === 0 ? (["batched", "straight"] as const) : (["straight", "batched"] as const);
    for (const way of order) {
      const request = requestOf(items, "spread");
      const from = performance.now();
      await (way === "batched" ? batcher.reserve(request) : reserveStock(database.db, request, null));
      times[way].push(performance.now() - from);
    }
  }
  const [value, straight] = [median(times.batched), median(times.straight)];
  return [
    { name: "latency alone, straight to the function", value: straight, unit: "ms", note: `median of ${asks}` },
    {
      name: "latency alone, by the batcher",
      value,
      unit: "ms",
      ratio: value / straight,
      ratioTo: "straight",
      reach: "not worse (≤ 1.05)",
      reached: value / straight <= 1.05,
    },
  ];
}

/** Throws unless there are as many reservations as were answered, and levels, ledger and reservations agree. */
async function requireSound(pool: pg.Pool, measured: readonly Measured[]): Promise<void> {
  const answered = measured
    .filter(({ subject }) => subject.reserves)
    .reduce((total, { accepted }) => total + accepted, 0);
  const kept = await pool.query<{ kept: number }>(
    "select count(*)::integer as kept from inventory.reservations where state = 'active'",
  );
  if (kept.rows[0]?.kept !== answered) {
    throw new Error(`${answered} reservations were answered, ${kept.rows[0]?.kept} are kept`);
  }
  const { rows } = await pool.query("select * from inventory.find_stock_discrepancies()");
  if (rows.length > 0) throw new Error(`the books do not agree: ${JSON.stringify(rows.slice(0, 3))}`);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
