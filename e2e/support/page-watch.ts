import type { BrowserContext } from "playwright-core";

/** What a page said and did that nobody sees. */
export interface PageWatch {
  /** Errors and warnings of the console, exceptions that nobody caught, refusals of the content security policy. */
  readonly complaints: readonly string[];
  /** Addresses that were asked for outside of `origin`. */
  readonly outside: readonly string[];
}

/** Chromium's own line for each answer of 4xx or 5xx; the page's handling of it is what tests look at. */
const answeredLine = /^Failed to load resource: the server responded with a status of \d+/;

export function watchPages(context: BrowserContext, origin: string): PageWatch {
  const complaints: string[] = [];
  const outside: string[] = [];
  context.on("console", (message) => {
    const isComplaint = message.type() === "error" || message.type() === "warning";
    if (isComplaint && !answeredLine.test(message.text())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (error) => complaints.push(`uncaught: ${error.error().message}`));
  context.on("request", (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol !== "data:" && protocol !== "blob:" && asked !== origin) outside.push(request.url());
  });
  return { complaints, outside };
}
