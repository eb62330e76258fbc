import type { Context } from "hono";
import type { HttpEnv } from "../http/http-env.ts";
import { readMultipart } from "../http/multipart.ts";
import { problems } from "../problem.ts";

/** The file of a request, sent as `text/csv` or as the field `file` of a form. */
export async function readCsvUpload(c: Context<HttpEnv>): Promise<Buffer> {
  const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type === "text/csv") return Buffer.from(await c.req.arrayBuffer());
  if (type !== "multipart/form-data") throw problems.UNSUPPORTED_MEDIA_TYPE("Send the file as text/csv.");
  const limits = { filesMax: 1, fieldsMax: 4, fieldBytesMax: 1024 };
  const { files } = await readMultipart(
    c.req.raw,
    limits,
    ({ body }) => body.toArray(),
    async () => undefined,
  );
  const [file] = files;
  if (file?.field !== "file") throw problems.VALIDATION_FAILED("Send one file in the field named file.");
  return Buffer.concat(file.received);
}

/** Refuses what is neither: a misspelt dry run must not change anything. */
export function isDryRunAsked(c: Context<HttpEnv>): boolean {
  const dryRun = c.req.query("dryRun") ?? "false";
  if (dryRun === "true" || dryRun === "false") return dryRun === "true";
  throw problems.VALIDATION_FAILED({
    detail: "Nothing was changed.",
    errors: [{ path: "dryRun", message: "must be true or false" }],
  });
}
