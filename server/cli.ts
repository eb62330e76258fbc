import "./thread-pool.ts";
import { Command } from "commander";
import { addAuditCommand } from "./cli/audit.ts";
import { addBackfillCommand } from "./cli/backfill.ts";
import { addDoctorCommand } from "./cli/doctor.ts";
import { exitCodeOf } from "./cli/failure.ts";
import { addImportCsvCommand } from "./cli/import-csv.ts";
import { addImportPhotosCommand } from "./cli/import-photos.ts";
import { addJobsCommand } from "./cli/jobs.ts";
import { addMigrateCommand } from "./cli/migrate.ts";
import { addStoryCommand } from "./cli/story.ts";
import { main as start, withoutDemo } from "./main.ts";
import { version } from "./version.ts";

/** The `bodega` command. Its exit code is 0 only when everything that was asked for was done. */
export async function main(argv: readonly string[] = process.argv): Promise<void> {
  const program = new Command("bodega")
    .description("The back office of a small shop. Settings come from the environment; see the README.")
    .version(version)
    .showHelpAfterError("Try: bodega --help");
  program
    .command("start")
    .description("run the server and its workers until interrupted")
    .option("--no-demo", "leave an empty catalogue empty, instead of filling a demo shop")
    .action(({ demo }: { readonly demo: boolean }) => start(demo ? process.env : withoutDemo(process.env)));
  addMigrateCommand(program);
  addDoctorCommand(program);
  addImportPhotosCommand(program);
  addImportCsvCommand(program);
  addBackfillCommand(program);
  addAuditCommand(program);
  addJobsCommand(program);
  addStoryCommand(program);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

if (import.meta.main) await main();
