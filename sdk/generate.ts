import { readFile, writeFile } from "node:fs/promises";
import openapiTypes, { astToString } from "openapi-typescript";

const source = new URL("../openapi.json", import.meta.url);
const target = new URL("./schema.gen.ts", import.meta.url);

const banner = "// Made from openapi.json by `npm run generate -w sdk`; do not edit.\n\n";

/** Writes the types of the API from the OpenAPI document; with `--check`, only says whether they are current. */
async function main(isCheck: boolean): Promise<void> {
  const types = banner + astToString(await openapiTypes(source, { alphabetize: true, defaultNonNullable: false }));
  if (!isCheck) return writeFile(target, types);
  if ((await readFile(target, "utf8").catch(() => "")) === types) return;
  process.stderr.write("sdk/schema.gen.ts is not what openapi.json says; run: npm run generate -w sdk\n");
  process.exitCode = 1;
}

await main(process.argv.includes("--check"));
