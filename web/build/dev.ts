import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * `npm run dev`: the server, restarted when its files change, and Vite before it with the pages as they are written.
 * Both end together.
 */
const root = fileURLToPath(new URL("../../", import.meta.url));
const commands = [
  ["--watch-path=server", "--watch-path=database", "server/main.ts"],
  ["node_modules/vite/bin/vite.js", "--config", "web/vite.config.ts"],
];
const children = commands.map((args) => spawn(process.execPath, args, { cwd: root, stdio: "inherit" }));

const stop = (signal: NodeJS.Signals) => {
  for (const child of children) child.kill(signal);
};
process.on("SIGINT", () => stop("SIGINT"));
process.on("SIGTERM", () => stop("SIGTERM"));
for (const child of children) {
  child.on("exit", (code) => {
    process.exitCode ??= code ?? 0;
    stop("SIGTERM");
  });
}
