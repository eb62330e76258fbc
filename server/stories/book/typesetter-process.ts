import { once } from "node:events";
import { readFileSync } from "node:fs";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import type { TypesettingAnswer, TypesettingOrder, TypesettingTools } from "./typesetting.ts";

/**
 * The process in which Typst runs: it is native code that no signal reaches, so its owner ends it as a whole when it takes
 * too long, and it ends itself (by SIGTERM, which tells why) when it holds too much memory. Lives for as long as the
 * channel to its owner.
 */

const watchEveryMs = 50;

if (isMainThread) process.once("message", (tools: TypesettingTools) => open(tools));
else watchMemory();

function open({ workspace, fontPaths, memoryBytesMax }: TypesettingTools): void {
  const watch = new Worker(new URL(import.meta.url), { argv: [String(memoryBytesMax)], execArgv: [] });
  const isWatched = once(watch, "message").then(() => watch.unref());
  const compiler = NodeCompiler.create({
    workspace,
    fontArgs: [{ fontBlobs: fontPaths.map((path) => readFileSync(path)) }],
  });
  process.on("message", async (order: TypesettingOrder) => {
    await isWatched;
    process.send?.(typeset(compiler, workspace, order));
    // What the next copy of the same book can use again is kept for a while, in the memory that is watched.
    compiler.evictCache(4);
  });
}

function typeset(compiler: NodeCompiler, workspace: string, order: TypesettingOrder): TypesettingAnswer {
  try {
    for (const { name, bytes } of order.files) compiler.mapShadow(`${workspace}/data/${name}`, Buffer.from(bytes));
    const compiled = compiler.compile({ mainFilePath: `${workspace}/book.typ`, resetRead: true });
    const document = compiled.result;
    if (document === null) {
      const diagnostics = compiled.takeDiagnostics();
      return { kind: "failed", reason: JSON.stringify(diagnostics && compiler.fetchDiagnostics(diagnostics)) };
    }
    const pdf = compiler.pdf(document, { pdfStandard: "ua-1", creationTimestamp: order.createdAtSeconds });
    return { kind: "done", pdf, pageCount: document.numOfPages, heldBytes: process.memoryUsage.rss() };
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  } finally {
    compiler.resetShadow();
  }
}

function watchMemory(): void {
  const memoryBytesMax = Number(process.argv[2]);
  const look = () => {
    if (process.memoryUsage.rss() > memoryBytesMax) process.kill(process.pid, "SIGTERM");
  };
  look();
  setInterval(look, watchEveryMs);
  parentPort?.postMessage("watching");
}
