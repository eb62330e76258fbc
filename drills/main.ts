import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { drills } from "./all-drills.ts";
import type { Drill } from "./drill.ts";
import { removePreparedFolder } from "./prepared-folder.ts";
import { machine, runDrill } from "./run-drill.ts";

const usage = `npm run drill -- [<name>[,<name>]] [--seed N] [--quick] [--list]`;

/** Runs the drills named, or all; the exit code is 1 when anything was violated, and 2 when the call is not right. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seed: { type: "string" }, quick: { type: "boolean" }, list: { type: "boolean" } },
  });
  if (values.list === true) {
    for (const { name, promise } of drills) print(`${name.padEnd(15)} ${promise}`);
    return;
  }
  const wanted = drillsNamed(positionals.flatMap((names) => names.split(",")));
  const seed = values.seed === undefined ? randomInt(1, 2 ** 31) : Number(values.seed);
  if (wanted === null || !Number.isInteger(seed) || seed < 0) {
    print(`Drills are ${drills.map(({ name }) => name).join(", ")}.\n${usage}`);
    process.exitCode = 2;
    return;
  }
  // So that what was started is ended by the listeners of `exit`.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  print(machine());
  const violated: string[] = [];
  for (const drill of wanted) {
    const { violations } = await runDrill(drill, { seed, isQuick: values.quick === true, print });
    if (violations.length > 0) violated.push(drill.name);
  }
  await removePreparedFolder();
  print(violated.length === 0 ? "\nAll held." : `\nNot held: ${violated.join(", ")}`);
  process.exitCode = violated.length === 0 ? 0 : 1;
}

/** All when none is named; null when one is unknown. */
function drillsNamed(names: readonly string[]): readonly Drill[] | null {
  if (names.length === 0) return drills;
  const found = names.map((name) => drills.find((drill) => drill.name === name));
  return found.every((drill) => drill !== undefined) ? found : null;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
