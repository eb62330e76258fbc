import { execFile } from "node:child_process";
import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Accepted } from "./http-load.ts";

const run = promisify(execFile);
const places = ["/usr/lib/postgresql/15/bin/pgbench", "/usr/lib/postgresql/16/bin/pgbench", "/usr/bin/pgbench"];

/** Connections at once, and the threads that serve them. */
const clients = 16;
const threads = 2;

/** PostgreSQL's own load generator, run against `bench_rows` and `bench_items` (made by `reservations.ts`). */
export interface Pgbench {
  /** One-row updates. */
  readonly update: (shape: "spread" | "hot", seconds: number) => Promise<Accepted>;
  /** Reservations, each in its own transaction. */
  readonly reserve: (shape: "spread" | "hot" | "mixed", seconds: number) => Promise<Accepted>;
}

/** Null where there is none: `PGBENCH` names one that lies elsewhere. */
export async function findPgbench(url: string, rows: number): Promise<Pgbench | null> {
  const program = await firstThatIs([...(process.env.PGBENCH === undefined ? [] : [process.env.PGBENCH]), ...places]);
  if (program === null) return null;
  const pick = (shape: string, name: string) =>
    shape === "hot" ? `\\set ${name} 1` : `\\set ${name} random(1, ${rows})`;
  return {
    update: (shape, seconds) =>
      load(
        program,
        url,
        seconds,
        `${pick(shape, "n")}\nupdate public.bench_rows set amount = amount + 1 where n = :n;\n`,
      ),
    reserve: (shape, seconds) => {
      const names = shape === "mixed" ? ["a", "b", "c", "d", "e"] : ["n"];
      return load(
        program,
        url,
        seconds,
        `${names.map((name) => pick(shape, name)).join("\n")}\n` +
          "select outcome from (select jsonb_agg(jsonb_build_object('productId', product_id, 'locationId', location_id, " +
          `'quantity', 1)) as lines from public.bench_items where n in (${names.map((name) => `:${name}`).join(", ")})) as cart, ` +
          "lateral inventory.reserve_stock(gen_random_uuid()::text, cart.lines);\n",
      );
    },
  };
}

async function firstThatIs(programs: readonly string[]): Promise<string | null> {
  for (const program of programs) {
    const isThere = await access(program).then(
      () => true,
      () => false,
    );
    if (isThere) return program;
  }
  return null;
}

async function load(program: string, url: string, seconds: number, script: string): Promise<Accepted> {
  const folder = await mkdtemp(join(tmpdir(), "bodega-pgbench-"));
  try {
    const file = join(folder, "script.sql");
    await writeFile(file, script);
    const duration = String(Math.max(1, Math.round(seconds)));
    const { stdout } = await run(program, [
      ...["-n", "-M", "prepared", "-c", String(clients), "-j", String(threads), "-T", duration, "-f", file, url],
    ]);
    if (!/number of failed transactions: 0 /.test(stdout)) throw new Error(`pgbench had failures: ${stdout}`);
    return {
      accepted: Number(/number of transactions actually processed: (\d+)/.exec(stdout)?.[1]),
      // It gives no rate where nothing was done at all.
      perSecond: Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? 0),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
