import { afterAll, describe, expect, test } from "vitest";
import { drills } from "./all-drills.ts";
import { removePreparedFolder } from "./prepared-folder.ts";
import { runDrill } from "./run-drill.ts";

/** Of the plans that run with every `npm test`; `npm run drill` makes others. */
const seed = 7;
/** Far more than a drill takes alone: tests share their machine. */
const timeLimitMs = 240_000;

afterAll(removePreparedFolder);

describe("quick drills", () => {
  test.for(drills.map((drill) => [drill.name, drill] as const))("%s", { timeout: timeLimitMs }, async ([, drill]) => {
    const lines: string[] = [];
    const { violations } = await runDrill(drill, { seed, isQuick: true, print: (line) => lines.push(line) });
    expect(violations, lines.join("\n")).toEqual([]);
  });
});
