import type { Command } from "commander";
import { modules } from "../application.ts";
import type { AuditReport } from "../foundation/module.ts";
import { type CommandContext, type CommandOptions, runCommand } from "./run-command.ts";
import { table } from "./terminal.ts";

interface AuditLine extends AuditReport {
  readonly audit: string;
}

export function addAuditCommand(program: Command): void {
  program
    .command("audit")
    .description("look at everything for what is missing, stale or left over; fails when something is left as it was")
    .option("--repair", "put right what is found, through background jobs")
    .option("--json", "answer as JSON")
    .action((options: CommandOptions & { readonly repair?: boolean }) =>
      runCommand(options, (context) => audit(context, options.repair ?? false)),
    );
}

async function audit({ foundation, terminal, signal }: CommandContext, repair: boolean): Promise<boolean> {
  const lines: AuditLine[] = [];
  for (const each of modules.flatMap((module) => module.audits ?? [])) {
    terminal.progress(`${each.name} …`);
    const log = foundation.log.child({ audit: each.name });
    const report = await each.run({ foundation, signal, log, repair, full: true });
    lines.push({ audit: each.name, ...report });
  }
  const left = lines.reduce((total, { found, repaired }) => total + Math.max(found - repaired, 0), 0);
  terminal.result({ audits: lines, left }, () =>
    [
      table(
        ["audit", "checked", "found", "repaired"],
        lines.map((line) => [line.audit, line.checked, line.found, line.repaired]),
      ),
      "",
      left === 0 ? "Nothing is left to put right." : `${left} left to put right${repair ? "." : ": add --repair."}`,
    ].join("\n"),
  );
  return left === 0;
}
