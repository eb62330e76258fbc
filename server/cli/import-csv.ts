import { readFile, stat } from "node:fs/promises";
import type { Command } from "commander";
import { ImportNotApplied, type ImportReport, importProducts } from "../catalog/index.ts";
import { messageOf, UsageError } from "./failure.ts";
import { type CommandContext, type CommandOptions, runCommand } from "./run-command.ts";
import { table } from "./terminal.ts";

const sizeBytesMax = 10 * 1024 * 1024;

export function addImportCsvCommand(program: Command): void {
  program
    .command("import-csv")
    .description("create and change products from a CSV file, by SKU: all rows or none")
    .argument("<file>", "as GET /v1/products/export.csv gives it")
    .option("--dry-run", "tell what would happen, and change nothing")
    .option("--json", "answer as JSON")
    .action((file: string, options: CommandOptions & { readonly dryRun?: boolean }) =>
      runCommand(options, (context) => importCsv(context, file, options.dryRun ?? false)),
    );
}

async function importCsv({ foundation, terminal }: CommandContext, path: string, isDryRun: boolean): Promise<boolean> {
  const content = await readCsvFile(path);
  const report = await foundation.database
    .transaction((tx) => importProducts(tx, content, { isDryRun, principal: null }))
    .catch((error: unknown) => {
      if (error instanceof ImportNotApplied) return error.report;
      throw error;
    });
  terminal.result(report, () => describeImport(report));
  return report.refused === 0;
}

async function readCsvFile(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > sizeBytesMax) throw new UsageError(`${path} is larger than the 10 MiB that one import may have.`);
    return await readFile(path);
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${path} cannot be read: ${messageOf(error)}`);
  }
}

function describeImport(report: ImportReport): string {
  const refused = report.rows
    .filter(({ action }) => action === "refused")
    .flatMap((row) => row.errors.map(({ column, message }) => [row.line, row.sku, `${column} ${message}`]));
  const summary = report.isApplied
    ? `${report.created} created, ${report.updated} changed.`
    : report.isDryRun
      ? `Dry run: ${report.created} would be created, ${report.updated} changed, ${report.refused} refused.`
      : `Nothing was changed: ${report.refused} rows were refused.`;
  return refused.length === 0 ? summary : `${table(["line", "sku", "reason"], refused)}\n\n${summary}`;
}
