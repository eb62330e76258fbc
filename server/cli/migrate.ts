import type { Command } from "commander";
import { migrate } from "../foundation/database/migrate.ts";
import { openDatabaseServer } from "../foundation/open-foundation.ts";
import { type CommandOptions, readCommandConfig } from "./run-command.ts";
import { openTerminal } from "./terminal.ts";

export function addMigrateCommand(program: Command): void {
  program
    .command("migrate")
    .description("bring the database up to date; every start does so too")
    .option("--json", "answer as JSON")
    .action(async (options: CommandOptions) => {
      const { config, log } = readCommandConfig();
      const terminal = openTerminal({ isJson: options.json ?? false });
      const server = await openDatabaseServer(config, log);
      try {
        const report = await migrate({ url: server.directUrl, log });
        terminal.result(report, () =>
          report.applied.length + report.routines.length === 0
            ? "The database is up to date."
            : [
                ...report.applied.map((name) => `applied ${name}`),
                `${report.applied.length} migrations and ${report.routines.length} routines applied.`,
              ].join("\n"),
        );
      } finally {
        await server.close();
      }
    });
}
