import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const text = /\.(css|js|svg|webmanifest)$/;

/** Below this, the headers cost more than what is gained. */
const worthwhileBytes = 1024;

/** Leaves `name.br` and `name.gz` beside every text file of the build, at the highest level: it is done once. */
export function compressAssets(): Plugin {
  let outDir = "";
  return {
    name: "bodega:compress-assets",
    apply: "build",
    configResolved: (config) => {
      outDir = config.build.outDir;
    },
    closeBundle: async () => {
      const entries = await readdir(outDir, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && text.test(entry.name));
      await Promise.all(files.map((entry) => compress(join(entry.parentPath, entry.name))));
    },
  };
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.byteLength < worthwhileBytes) return;
  const [small, common] = await Promise.all([
    promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  await writeFile(`${path}.br`, small);
  await writeFile(`${path}.gz`, common);
}
