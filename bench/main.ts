import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import type { BenchRow } from "./bench-row.ts";

interface Bench {
  readonly run: (options: { readonly quick: boolean }) => Promise<BenchRow[]>;
}

/** Every benchmark by name; each is loaded only when it runs. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  imaging: () => import("./imaging.ts"),
  pipeline: () => import("./pipeline.ts"),
  jobs: () => import("./jobs.ts"),
  reservations: () => import("./reservations.ts"),
  catalogue: () => import("./catalogue.ts"),
  web: () => import("./web.ts"),
  pdf: () => import("./pdf.ts"),
};

const usage = `usage: npm run bench -- [${Object.keys(benches).join("|")} …] [--quick] [--json]`;

/** Runs the benchmarks named (all without a name) one after the other, and prints their rows under what they ran on. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: "boolean", default: false }, json: { type: "boolean", default: false } },
  });
  const names = positionals.length > 0 ? positionals : Object.keys(benches);
  const unknown = names.find((name) => !(name in benches));
  if (unknown !== undefined) {
    process.stderr.write(`There is no benchmark ${unknown}.\n${usage}\n`);
    process.exitCode = 2;
    return;
  }
  if (!values.json) process.stdout.write(`${machine(values.quick)}\n`);
  for (const name of names) {
    const bench = await benches[name]?.();
    if (bench === undefined) continue;
    const rows = await bench.run({ quick: values.quick });
    process.stdout.write(values.json ? `${JSON.stringify({ bench: name, rows })}\n` : `\n${name}\n${table(rows)}\n`);
  }
}

function machine(quick: boolean): string {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return [
    `${cpus().length} × ${cpu?.model.trim() ?? "unknown processor"}, ${memory}, ${process.platform} ${process.arch}`,
    `Node ${process.version}, ${quick ? "quick" : "full"} run, ${new Date().toISOString()}`,
  ].join("\n");
}

function table(rows: readonly BenchRow[]): string {
  return rows.map((row) => `  ${line(row)}`).join("\n");
}

function line({ name, value, unit, ratio, ratioTo, reach, reached, note }: BenchRow): string {
  const parts = [name.padEnd(46), `${figure(value)} ${unit}`.padStart(16)];
  if (ratio !== undefined) parts.push(`  ${ratio.toFixed(2)} × ${ratioTo ?? "floor"}`);
  if (reach !== undefined) parts.push(`  reach ${reach}: ${reached === true ? "yes" : "NO"}`);
  if (note !== undefined) parts.push(`  (${note})`);
  return parts.join("");
}

const figure = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2));

await main();
process.exit();
