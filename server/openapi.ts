import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApi, openApplication } from "./application.ts";
import { readConfig } from "./config.ts";
import { openApiDocument } from "./foundation/http/openapi.ts";
import { createLogger } from "./foundation/telemetry/logger.ts";
import { version } from "./version.ts";

const file = new URL("../openapi.json", import.meta.url);

/** Writes `openapi.json`, from which the SDK's types are made; with `--check`, only says whether it is current. */
async function main(isCheck: boolean): Promise<void> {
  const document = `${JSON.stringify(await currentDocument(), null, 2)}\n`;
  if (!isCheck) return writeFile(file, document);
  if ((await readFile(file, "utf8")) === document) return;
  process.stderr.write("openapi.json is not what the routes say; run: npm run openapi\n");
  process.exitCode = 1;
}

/** Of the real application, on a shop that exists for a moment. */
async function currentDocument(): Promise<object> {
  const dataDir = await mkdtemp(join(tmpdir(), "bodega-openapi-"));
  const log = createLogger({ level: "warn" });
  const opened = await openApplication(readConfig({ DATA_DIR: dataDir }), log);
  try {
    return openApiDocument(await createApi(opened.foundation), version);
  } finally {
    await opened.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

await main(process.argv.includes("--check"));
