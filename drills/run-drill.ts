import { cpus, totalmem } from "node:os";
import { type Drill, seconds, type Verdict } from "./drill.ts";
import { seededRandom } from "./random.ts";

export interface RunOptions {
  readonly seed: number;
  readonly isQuick: boolean;
  /** Where lines go. */
  readonly print: (line: string) => void;
}

/** Runs one drill: its seed and plan first, then what happened, the figures and the verdict. An error is a violation. */
export async function runDrill(drill: Drill, { seed, isQuick, print }: RunOptions): Promise<Verdict> {
  print("");
  print(`${drill.name} --seed ${seed}${isQuick ? " --quick" : ""}`);
  print(`  ${drill.promise}`);
  const startedAt = performance.now();
  const verdict = await tried(drill, { random: seededRandom(seed), isQuick, tell: (line) => print(`  · ${line}`) });
  for (const { name, value } of verdict.figures) print(`  ${name.padEnd(58)} ${value}`);
  const { violations } = verdict;
  for (const violation of violations.slice(0, shownMax)) print(`  ✗ ${violation}`);
  if (violations.length > shownMax) print(`  ✗ and ${violations.length - shownMax} more`);
  const took = seconds(performance.now() - startedAt);
  print(violations.length === 0 ? `  held, in ${took}` : `  NOT HELD: ${violations.length} violations, in ${took}`);
  return verdict;
}

const shownMax = 30;

async function tried(drill: Drill, context: Parameters<Drill["run"]>[0]): Promise<Verdict> {
  try {
    return await drill.run(context);
  } catch (error) {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const cause = error instanceof Error && error.cause !== undefined ? `\n  because of ${String(error.cause)}` : "";
    return { figures: [], violations: [`it could not be carried out: ${told}${cause}`] };
  }
}

/** What the figures were measured on. */
export function machine(): string {
  const [cpu] = cpus();
  const memoryGb = Math.round(totalmem() / 1024 ** 3);
  return `${cpus().length} × ${cpu?.model.trim() ?? "?"}, ${memoryGb} GB, Node ${process.version}, ${process.platform}`;
}
