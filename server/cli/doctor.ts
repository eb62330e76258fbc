import type { Command } from "commander";
import type { Config } from "../config.ts";
import type { Logger } from "../foundation/telemetry/logger.ts";
import { type Diagnosis, diagnose } from "./diagnosis.ts";
import { examineDatabase } from "./doctor-database.ts";
import { examineDisk, examineNode, examineStore } from "./doctor-machine.ts";
import { exitCodes } from "./failure.ts";
import { type CommandOptions, readCommandConfig } from "./run-command.ts";
import { openTerminal } from "./terminal.ts";

const marks = { ok: "✓", failed: "✗", skipped: "–" } as const;

export function addDoctorCommand(program: Command): void {
  program
    .command("doctor")
    .description("look whether everything that Bodega needs is there, and say what to do where it is not")
    .option("--json", "answer as JSON")
    .action(async (options: CommandOptions) => {
      const terminal = openTerminal({ isJson: options.json ?? false });
      const { config, log } = readCommandConfig();
      const diagnoses = await examineAll(config, log, (name) => terminal.progress(`${name} …`));
      const isWell = diagnoses.every(({ state }) => state !== "failed");
      terminal.result({ isWell, checks: diagnoses }, () => describeDiagnoses(diagnoses));
      process.exitCode = isWell ? exitCodes.done : exitCodes.failed;
    });
}

async function examineAll(
  config: Config,
  log: Logger,
  onProgress: (name: string) => void,
): Promise<readonly Diagnosis[]> {
  const machine: Diagnosis[] = [];
  for (const examination of [examineNode(), examineDisk(config), examineStore(config)]) {
    onProgress(examination.name);
    machine.push(await diagnose(examination));
  }
  onProgress("database");
  return [...machine, ...(await examineDatabase(config, log)), fonts];
}

const fonts: Diagnosis = {
  name: "fonts",
  state: "skipped",
  detail: "needed only to print stories, and there are none yet",
  remedy: null,
};

function describeDiagnoses(diagnoses: readonly Diagnosis[]): string {
  const width = Math.max(...diagnoses.map(({ name }) => name.length));
  const lines = diagnoses.flatMap(({ name, state, detail, remedy }) => [
    `${marks[state]} ${name.padEnd(width)}  ${detail}`,
    ...(remedy === null ? [] : [`  ${" ".repeat(width)}  → ${remedy}`]),
  ]);
  const failed = diagnoses.filter(({ state }) => state === "failed").length;
  return [...lines, "", failed === 0 ? "All is well." : `${failed} to put right.`].join("\n");
}
