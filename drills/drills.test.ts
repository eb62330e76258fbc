import { afterAll, describe, test } from "vitest";
import { drills } from "./all-drills.ts";
import type { Verdict } from "./drill.ts";
import { removePreparedFolder } from "./prepared-folder.ts";
import { runDrill } from "./run-drill.ts";

/** Of the plans that run with every `npm test`; `npm run drill` makes others. */
const seed = 7;
/** Far more than the drills take alone, waiting for their turn included: tests share their machine. */
const timeLimitMs = 900_000;

/** Two at a time: a drill mostly waits for others to notice a fault. */
const lanes: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()];

afterAll(removePreparedFolder);

describe("quick drills", () => {
  test.concurrent.for(drills.map((drill, index) => [drill.name, index % lanes.length, drill] as const))(
    "%s",
    { timeout: timeLimitMs },
    async ([, lane, drill], { expect }) => {
      const lines: string[] = [];
      const turn = inLane(lane, () => runDrill(drill, { seed, isQuick: true, print: (line) => lines.push(line) }));
      const { violations } = await turn;
      expect(violations, lines.join("\n")).toEqual([]);
    },
  );
});

/** After those before it in its lane; a drill that fails is a verdict, never a rejection. */
function inLane(lane: number, run: () => Promise<Verdict>): Promise<Verdict> {
  const turn = Promise.resolve(lanes[lane]).then(run);
  lanes[lane] = turn;
  return turn;
}
