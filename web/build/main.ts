import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const dist = join(root, "web/dist");

/** What the build is made from. */
const sources = ["web", "sdk", "package-lock.json"];

/**
 * Builds the back office into `web/dist`. With `--if-stale` only when it is missing or older than its sources, and
 * without complaint where the tools to build are not installed: what was built elsewhere is served as it is.
 */
async function main(onlyIfStale: boolean): Promise<void> {
  if (onlyIfStale && !(await isStale())) return;
  // Whatever the caller's is: with any other, React's development build would go in, twice as large and as slow.
  process.env.NODE_ENV = "production";
  const vite = await loadVite();
  if (vite === null) {
    process.stderr.write(
      "The web pages are not built: vite is not installed (npm install, with its dev dependencies).\n",
    );
    if (!onlyIfStale) process.exitCode = 1;
    return;
  }
  if (onlyIfStale) process.stdout.write("Building the web pages; once, and when they change …\n");
  // Built aside and then put in place by two renames, so that a server that runs never sees half of it.
  const aside = `${dist}-${process.pid}`;
  const before = `${aside}-before`;
  try {
    await vite.build({
      configFile: join(root, "web/vite.config.ts"),
      logLevel: onlyIfStale ? "warn" : "info",
      build: { outDir: aside, emptyOutDir: true },
    });
    if ((await modifiedAtMs(dist)) !== null) await rename(dist, before);
    await rename(aside, dist);
  } finally {
    await rm(aside, { recursive: true, force: true });
    await rm(before, { recursive: true, force: true });
  }
}

async function loadVite(): Promise<typeof import("vite") | null> {
  try {
    return await import("vite");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") return null;
    throw error;
  }
}

async function isStale(): Promise<boolean> {
  const builtAtMs = await modifiedAtMs(join(dist, "index.html"));
  if (builtAtMs === null) return true;
  for (const source of sources) {
    if ((await newestMs(join(root, source))) > builtAtMs) return true;
  }
  return false;
}

async function newestMs(path: string): Promise<number> {
  const found = await stat(path);
  if (!found.isDirectory()) return found.mtimeMs;
  let newest = 0;
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.name === "node_modules" || entry.name.startsWith("dist")) continue;
    newest = Math.max(newest, await newestMs(join(path, entry.name)));
  }
  return newest;
}

async function modifiedAtMs(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

await main(process.argv.includes("--if-stale"));
