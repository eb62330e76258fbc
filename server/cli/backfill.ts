import { type Command, InvalidArgumentError } from "commander";
import { type BackfillReport, backfillThumbnails } from "../catalog/index.ts";
import { backfillPictures } from "../stories/index.ts";
import { type CommandContext, type CommandOptions, runCommand } from "./run-command.ts";
import { table } from "./terminal.ts";

const perSecondDefault = 5;
const perSecondMax = 1_000;
const patienceMs = 120_000;

interface BackfillFlags extends CommandOptions {
  readonly rate: number;
  readonly force?: boolean;
}

export function addBackfillCommand(program: Command): void {
  const command = program.command("backfill").description("renew what was made in an older way");
  command
    .command("stories")
    .description("complete type, hash and resolution of pictures of stories from before these were kept")
    .option("--json", "answer as JSON")
    .action((options: CommandOptions) => runCommand(options, backfillStories));
  command
    .command("thumbnails")
    .description("make thumbnails anew that are of an older recipe; may be stopped and begun again")
    .option("--rate <photos>", "how many photos a second at most", parseRate, perSecondDefault)
    .option("--force", "all photos, also those whose thumbnails are valid")
    .option("--json", "answer as JSON")
    .action((options: BackfillFlags) => runCommand(options, (context) => backfill(context, options)));
}

async function backfill(
  { foundation, terminal, signal, ensureWorker }: CommandContext,
  { rate, force = false }: BackfillFlags,
): Promise<boolean> {
  await ensureWorker();
  // The server whose workers we count on may stop meanwhile.
  const watch = setInterval(() => {
    ensureWorker().catch((error: unknown) => foundation.log.warn({ error }, "no worker could be started"));
  }, 2_000);
  try {
    const report = await backfillThumbnails(foundation, {
      perSecond: rate,
      force,
      patienceMs,
      signal,
      onProgress: ({ total, begun, renewed, failed }) =>
        terminal.progress(`${begun} of ${total} begun, ${renewed} renewed, ${failed.length} failed`),
    });
    terminal.result(report, () => describeBackfill(report));
    return report.failed.length === 0 && report.waiting === 0 && report.begun >= report.total;
  } finally {
    clearInterval(watch);
  }
}

async function backfillStories({ foundation, terminal, signal }: CommandContext): Promise<boolean> {
  const report = await backfillPictures(foundation, {
    signal,
    onProgress: ({ checked, failed }) => terminal.progress(`${checked} looked at, ${failed.length} failed`),
  });
  terminal.result(report, () =>
    [
      ...(report.failed.length === 0
        ? []
        : [
            table(
              ["picture", "key", "reason"],
              report.failed.map(({ imageId, key, reason }) => [imageId, key, reason]),
            ),
            "",
          ]),
      `${report.checked} looked at: ${report.completed} completed (${report.renamed} renamed), ${report.failed.length} failed.`,
    ].join("\n"),
  );
  return report.failed.length === 0;
}

function describeBackfill(report: BackfillReport): string {
  const lines = [`${report.renewed} renewed, ${report.failed.length} failed.`];
  if (report.waiting > 0) lines.push(`${report.waiting} are still waiting: workers go on with them.`);
  if (report.begun < report.total) lines.push(`${report.total - report.begun} were not begun; run it again to go on.`);
  if (report.failed.length > 0) {
    lines.unshift(
      table(
        ["photo", "reason"],
        report.failed.map(({ imageId, reason }) => [imageId, reason]),
      ),
      "",
    );
  }
  return report.total === 0 && report.begun === 0 ? "All thumbnails are of today's recipe." : lines.join("\n");
}

function parseRate(text: string): number {
  const rate = Number(text);
  if (!(rate > 0 && rate <= perSecondMax)) {
    throw new InvalidArgumentError(`It must be a number above 0, up to ${perSecondMax}.`);
  }
  return rate;
}
