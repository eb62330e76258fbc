import { type Command, InvalidArgumentError } from "commander";
import { type FolderFile, listFolder } from "./folder-files.ts";
import { PhotoImport, type PhotoLine } from "./photo-import.ts";
import { type CommandContext, type CommandOptions, runCommand } from "./run-command.ts";
import { table } from "./terminal.ts";

interface ImportPhotosFlags extends CommandOptions {
  readonly timeout: number;
}

export function addImportPhotosCommand(program: Command): void {
  program
    .command("import-photos")
    .description("make one product per photo of a folder, and follow each photo until its thumbnails are there")
    .argument("<folder>", "the SKU of each product is the name of its file")
    .option("--timeout <seconds>", "how long to wait when nothing moves any more", parseSeconds, 120)
    .option("--json", "answer as JSON")
    .action((folder: string, options: ImportPhotosFlags) =>
      runCommand(options, async (context) => importPhotos(context, await listFolder(folder), options.timeout)),
    );
}

async function importPhotos(
  context: CommandContext,
  files: readonly FolderFile[],
  timeoutSeconds: number,
): Promise<boolean> {
  const { foundation, terminal, signal, ensureWorker } = context;
  const beganAt = performance.now();
  await ensureWorker();
  const photoImport = new PhotoImport(foundation, {
    files,
    patienceMs: timeoutSeconds * 1000,
    signal,
    ensureWorker,
    onProgress: (lines) => terminal.progress(progressOf(lines, files.length)),
  });
  const lines = await photoImport.toEnd();
  const summary = { ...countsOf(lines), files: files.length, durationMs: Math.round(performance.now() - beganAt) };
  terminal.result({ files: lines, summary }, () =>
    [
      table(
        ["file", "state", "ms", "reason"],
        lines.map((line) => [line.file, line.state, line.durationMs, line.reason]),
      ),
      "",
      `${files.length} files in ${(summary.durationMs / 1000).toFixed(1)} s: ${sentenceOf(lines)}.`,
    ].join("\n"),
  );
  return summary.failed === 0 && summary.waiting === 0;
}

function countsOf(lines: readonly PhotoLine[]) {
  const count = (outcome: PhotoLine["outcome"]) => lines.filter((line) => line.outcome === outcome).length;
  return { done: count("done"), skipped: count("skipped"), failed: count("failed"), waiting: count("waiting") };
}

/** `23 ready, 1 failed`, in the words of the table. */
function sentenceOf(lines: readonly PhotoLine[]): string {
  const states = new Map<string, number>();
  for (const { state } of lines) states.set(state, (states.get(state) ?? 0) + 1);
  const parts = [...states].sort(([, a], [, b]) => b - a).map(([state, count]) => `${count} ${state}`);
  const waiting = lines.filter(({ outcome }) => outcome === "waiting").length;
  if (waiting > 0) parts.push(`${waiting} of them still waiting`);
  return parts.join(", ") || "nothing to import";
}

function progressOf(lines: readonly PhotoLine[], total: number): string {
  const { done, skipped, failed } = countsOf(lines);
  return `${lines.length} of ${total} read, ${done} done, ${failed} failed, ${skipped} skipped`;
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) throw new InvalidArgumentError("It must be a number of seconds above 0.");
  return seconds;
}
