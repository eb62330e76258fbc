import type { BrowserContext, Request } from "playwright-core";

/** No request for this long: what a page asks for has come. */
const quietMs = 300;

/** The stream of events is open as long as its page. */
const isStream = (request: Request): boolean => new URL(request.url()).pathname === "/v1/events";

/** Follows the requests of a browser; the answer waits until there are none under way, and none new for a moment. */
export function followNetwork(context: BrowserContext): () => Promise<void> {
  const underWay = new Set<Request>();
  let changed: () => void = () => undefined;
  const end = (request: Request) => {
    underWay.delete(request);
    changed();
  };
  context.on("request", (request) => {
    if (isStream(request)) return;
    underWay.add(request);
    changed();
  });
  context.on("requestfinished", end);
  context.on("requestfailed", end);
  return () =>
    new Promise((resolve) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      changed = () => {
        clearTimeout(timer);
        if (underWay.size === 0) timer = setTimeout(resolve, quietMs);
      };
      changed();
    });
}
