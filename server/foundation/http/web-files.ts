import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { notModified } from "./etag.ts";
import type { HttpEnv } from "./http-env.ts";

export interface WebFilesOptions {
  /** The folder that holds the built web; while it has no `index.html`, a page that says how to build answers. */
  readonly webRoot: string;
  /** Where pictures may come from besides this origin; null: nowhere. */
  readonly publicMediaUrl: string | null;
  /** Where signed addresses of private pictures lead; null: to this server. */
  readonly privateMediaUrl?: string | null;
}

/** What the page carries where the nonce of its answer belongs. */
const noncePlaceholder = "__CSP_NONCE__";

/** Files whose name contains a hash of their content never change. */
const cacheForever = "public, max-age=31536000, immutable";

const contentTypes: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  js: "text/javascript; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml",
  webmanifest: "application/manifest+json",
  woff2: "font/woff2",
};

/** In order of preference; the build leaves `name.br` and `name.gz` beside what gains by them. */
const encodings = [
  { name: "br", suffix: ".br" },
  { name: "gzip", suffix: ".gz" },
] as const;

/** Addresses of the server itself: for these there is never a page. */
const ownAddress = /^\/(v1|auth|media|health|docs|metrics|internal|assets)(\/|$)|^\/openapi\.json$/;

/**
 * The back office: hashed assets for ever, precompressed; files of the root folder; and for every other address that a
 * browser opens as a page, `pageFor`, which the app asks before it says that there is nothing. Nothing outside
 * `webRoot` is reachable: names are matched, never joined as they came.
 */
export function registerWeb(app: OpenAPIHono<HttpEnv>, { webRoot }: WebFilesOptions): void {
  app.get("/assets/:file{[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+}", async (c, next) => {
    const answer = await sendFile(c, join(webRoot, "assets", c.req.param("file")), cacheForever);
    return answer ?? next();
  });
  app.get("/:file{[a-z-]+\\.(ico|js|png|svg|webmanifest)}", async (c, next) => {
    const answer = await sendFile(c, join(webRoot, c.req.param("file")), "public, no-cache");
    return answer ?? next();
  });
}

/** The page for a GET of a browser; null when the request is not for a page. */
export async function pageFor(c: Context<HttpEnv>, options: WebFilesOptions): Promise<Response | null> {
  const isRead = c.req.method === "GET" || c.req.method === "HEAD";
  // The address of the shop is a page for whoever asks, a probe without preferences too.
  const wantsPage = c.req.path === "/" || c.req.header("accept")?.includes("text/html") === true;
  if (!isRead || !wantsPage || ownAddress.test(c.req.path)) return null;
  const nonce = randomBytes(16).toString("base64");
  const built = await readIfThere(join(options.webRoot, "index.html"));
  const page = (built ?? unbuiltPage).replaceAll(noncePlaceholder, nonce);
  return new Response(c.req.method === "HEAD" ? null : page, {
    status: built === null ? 503 : 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      // The page names the hashed assets of one build, and carries a nonce: it is never kept.
      "cache-control": "no-cache",
      "content-security-policy": pagePolicy(nonce, [options.publicMediaUrl, options.privateMediaUrl ?? null]),
      vary: "accept",
    },
  });
}

/**
 * Scripts only from here; style tags only with this answer's nonce (the component library writes its variables into
 * one); style attributes are free, since sizes and progress are set by them. Frames show stored books and nothing else.
 * Nothing goes outside, nobody frames us.
 */
function pagePolicy(nonce: string, mediaUrls: readonly (string | null)[]): string {
  const media = mediaUrls.map((url) => (url === null ? "" : ` ${new URL(url).origin}`)).join("");
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' data: blob:${media}`,
    `frame-src 'self'${media}`,
    "connect-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join("; ");
}

async function sendFile(c: Context<HttpEnv>, path: string, cacheControl: string): Promise<Response | null> {
  const extension = path.slice(path.lastIndexOf(".") + 1);
  const contentType = contentTypes[extension];
  const original = contentType === undefined ? null : await fileAt(path);
  if (contentType === undefined || original === null) return null;
  const { file, encoding } = await smallestFor(c, path, original);
  const etag = `"${file.mtimeMs.toString(36)}-${file.sizeBytes.toString(36)}"`;
  const headers: Record<string, string> = {
    "content-type": contentType,
    "cache-control": cacheControl,
    etag,
    vary: "accept-encoding",
    ...(encoding !== null && { "content-encoding": encoding }),
  };
  if (notModified(c, etag) !== null) return new Response(null, { status: 304, headers });
  headers["content-length"] = String(file.sizeBytes);
  if (c.req.method === "HEAD") return new Response(null, { status: 200, headers });
  return new Response(Readable.toWeb(createReadStream(file.path)) as ReadableStream, { status: 200, headers });
}

interface FoundFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

async function smallestFor(
  c: Context<HttpEnv>,
  path: string,
  original: FoundFile,
): Promise<{ readonly file: FoundFile; readonly encoding: string | null }> {
  const accepted = acceptedEncodings(c.req.header("accept-encoding"));
  for (const { name, suffix } of encodings) {
    const file = accepted.has(name) ? await fileAt(path + suffix) : null;
    if (file !== null) return { file, encoding: name };
  }
  return { file: original, encoding: null };
}

/** RFC 9110 §12.5.3; `q=0` is a refusal. */
function acceptedEncodings(header: string | undefined): ReadonlySet<string> {
  const parts = (header ?? "").split(",").map((part) =>
    part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*q=/),
  );
  return new Set(parts.flatMap(([name, weight]) => (name && Number(weight ?? 1) > 0 ? [name] : [])));
}

async function fileAt(path: string): Promise<FoundFile | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? { path, sizeBytes: found.size, mtimeMs: Math.trunc(found.mtimeMs) } : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");

const unbuiltPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Bodega</title>
    <style nonce="${noncePlaceholder}">
      :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
      body { max-width: 36rem; margin: 15vh auto; padding: 0 1.5rem }
      code { background: color-mix(in srgb, currentColor 10%, transparent); padding: .1em .4em; border-radius: 4px }
    </style>
  </head>
  <body>
    <h1>Bodega</h1>
    <p lang="es">El servidor funciona, pero las páginas no están construidas. Ejecute <code>npm run build</code> y
      vuelva a cargar esta página.</p>
    <p>The server runs, yet its pages are not built. Run <code>npm run build</code>, then load this page again. The
      <a href="/docs">API reference</a> is here already.</p>
  </body>
</html>
`;
