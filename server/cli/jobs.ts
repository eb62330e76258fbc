import type { Command } from "commander";
import type { Foundation } from "../foundation/foundation.ts";
import type { JobView } from "../foundation/jobs/jobs.ts";
import { messageOf, UsageError } from "./failure.ts";
import { type CommandContext, type CommandOptions, runCommand } from "./run-command.ts";
import { table } from "./terminal.ts";

const page = 200;

export function addJobsCommand(program: Command): void {
  const jobs = program.command("jobs").description("jobs that failed for good");
  jobs
    .command("list", { isDefault: true })
    .description("list them, the newest first")
    .option("--json", "answer as JSON")
    .action((options: CommandOptions) => runCommand(options, listDead));
  jobs
    .command("retry")
    .description("let them run again, with all their tries")
    .argument("[id]", "of one job")
    .option("--all", "all that failed for good")
    .option("--json", "answer as JSON")
    .action((id: string | undefined, options: CommandOptions & { readonly all?: boolean }) =>
      runCommand(options, (context) => retry(context, id, options.all ?? false)),
    );
}

async function listDead({ foundation, terminal }: CommandContext): Promise<boolean> {
  const dead = await allDead(foundation);
  terminal.result({ jobs: dead }, () =>
    dead.length === 0
      ? "No job has failed for good."
      : table(
          ["id", "task", "tries", "since", "error"],
          dead.map((job) => [job.id, job.task, job.attempts, job.createdAt.toISOString(), shortened(job.lastError)]),
        ),
  );
  return true;
}

async function retry({ foundation, terminal }: CommandContext, id: string | undefined, all: boolean): Promise<boolean> {
  if ((id === undefined) !== all) throw new UsageError("Name the id of one job, or --all.");
  const ids = id === undefined ? (await allDead(foundation)).map((job) => job.id) : [id];
  const results = [];
  for (const each of ids) {
    const error = await foundation.jobs.retry(each).then(() => null, messageOf);
    results.push({ id: each, error });
  }
  const failed = results.filter(({ error }) => error !== null);
  terminal.result({ jobs: results }, () =>
    [
      ...failed.map((result) => `${result.id}: ${result.error}`),
      `${results.length - failed.length} will run again${failed.length > 0 ? `, ${failed.length} cannot` : ""}.`,
    ].join("\n"),
  );
  return failed.length === 0;
}

async function allDead({ jobs }: Foundation): Promise<readonly JobView[]> {
  const dead: JobView[] = [];
  for (let beforeId: string | undefined; ; ) {
    const found: readonly JobView[] = await jobs.list({
      state: "dead",
      limit: page,
      ...(beforeId !== undefined && { beforeId }),
    });
    dead.push(...found);
    beforeId = found.at(-1)?.id;
    if (found.length < page) return dead;
  }
}

const shortened = (error: string | null): string | null =>
  error !== null && error.length > 100 ? `${error.slice(0, 99)}…` : error;
