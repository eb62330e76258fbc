#!/usr/bin/env node
// Plain JavaScript, so that an older Node can read it: Bodega runs on the Node that it brings along when the one that
// started it is too old to run TypeScript as it stands.
import { spawn } from "node:child_process";
import nodeModule, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const majorMin = 24;
const launcher = fileURLToPath(import.meta.url);

// Half of the time to start is reading TypeScript. In our own folder: whoever writes there could change us anyway.
const cache = fileURLToPath(new URL("../../node_modules/.cache/bodega", import.meta.url));

if (Number(process.versions.node.split(".")[0]) >= majorMin) {
  nodeModule.enableCompileCache(cache);
  const { main } = await import("../cli.ts");
  await main();
} else {
  runOnOwnNode();
}

function runOnOwnNode() {
  const child = spawn(ownNode(), [launcher, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // A terminal sends it to both of us; a second one would mean "at once".
  process.on("SIGINT", () => {
    if (!process.stdin.isTTY) child.kill("SIGINT");
  });
  child.on("error", (error) => {
    process.stderr.write(`Bodega cannot start its own Node: ${error.message}\n`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function ownNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve("node/package.json"));
    return join(folder, "bin", process.platform === "win32" ? "node.exe" : "node");
  } catch {
    process.stderr.write(
      `Bodega needs Node ${majorMin} or newer, and this is ${process.versions.node}; run npm install, or update Node.\n`,
    );
    process.exit(1);
  }
}
