import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { HttpEnv } from "./http-env.ts";
import { type OpenApiDocument, openApiDocument } from "./openapi.ts";

/** The one package of Scalar that ships the whole page as a file; everything else of Scalar loads it from a CDN. */
const scriptFile = fileURLToPath(new URL("./js/standalone.js", import.meta.resolve("@scalar/fastify-api-reference")));

/** Scalar styles its parts inline; scripts, calls and fonts come from here alone. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src blob:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

const configuration = {
  withDefaultFonts: false,
  hideClientButton: true,
  telemetry: false,
  showDeveloperTools: "never",
  agent: { disabled: true },
  mcp: { disabled: true },
};

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Bodega API</title>
  </head>
  <body>
    <script id="api-reference" data-url="/openapi.json" data-configuration='${JSON.stringify(configuration)}'></script>
    <script src="/docs/scalar.js"></script>
  </body>
</html>
`;

/** `/openapi.json`, and `/docs` that shows it with nothing fetched from outside. */
export function registerReference(app: OpenAPIHono<HttpEnv>, version: string): void {
  let document: OpenApiDocument | undefined;
  app.get("/openapi.json", (c) => {
    // Made at the first request, when all routes are there.
    document ??= openApiDocument(app, version);
    return c.json(document);
  });
  app.get("/docs", (c) => c.html(page, 200, { "content-security-policy": pagePolicy }));
  app.get("/docs/scalar.js", async () => {
    const { size } = await stat(scriptFile);
    return new Response(Readable.toWeb(createReadStream(scriptFile)) as ReadableStream, {
      headers: {
        "content-type": "text/javascript; charset=utf-8",
        "content-length": String(size),
        "cache-control": "public, max-age=86400",
      },
    });
  });
}
