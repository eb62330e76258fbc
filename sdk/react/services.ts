import { QueryClient } from "@tanstack/react-query";
import type { BodegaClient } from "../client/client.ts";
import { dispatchProductImagesReady, isProductImagesEvent, productImagesTopic } from "../events/product-images.ts";
import { ClientReports } from "../reports/client-reports.ts";
import { UploadQueue } from "../uploads/upload-queue.ts";
import { indexedDbUploadStore, memoryUploadStore } from "../uploads/upload-stores.ts";
import { EventHub } from "./event-hub.ts";
import { ProductCache } from "./product-cache.ts";
import { ThumbnailDebug, type ThumbnailDebugKind } from "./thumbnail-debug.ts";
import { ThumbnailQueries } from "./thumbnail-queries.ts";

export interface BodegaServicesOptions {
  readonly client: BodegaClient;
  /** The application's own; default: a new one. */
  readonly queryClient?: QueryClient;
  readonly uploads?: UploadQueue;
  readonly reports?: ClientReports;
}

/** Everything that the hooks stand on; one for each client. */
export interface BodegaServices {
  readonly client: BodegaClient;
  readonly queryClient: QueryClient;
  readonly cache: ProductCache;
  readonly thumbnails: ThumbnailQueries;
  readonly debug: ThumbnailDebug;
  readonly events: EventHub;
  readonly uploads: UploadQueue;
  readonly reports: ClientReports;
  /** Addresses of pictures that could not be fetched and whose repair was asked for: once is enough. */
  readonly repairsAsked: Set<string>;
}

/** What went wrong with pictures, for whoever looks after the shop. */
const reported: ReadonlySet<ThumbnailDebugKind> = new Set(["image_error", "repair_asked", "repair_refused"]);

export function createBodegaServices(options: BodegaServicesOptions): BodegaServices {
  const { client, queryClient = new QueryClient() } = options;
  const reports = options.reports ?? new ClientReports({ client });
  const debug = new ThumbnailDebug(({ kind }) => {
    if (reported.has(kind)) reports.metric(`thumbnail.${kind}`, 1);
  });
  const thumbnails = new ThumbnailQueries({ client, queryClient, debug });
  const cache = new ProductCache({
    client,
    queryClient,
    thumbnails,
    debug,
    onError: (error) => reports.error(error),
  });
  const events = new EventHub({
    client,
    topics: [productImagesTopic],
    onGap: () => void cache.everythingMayHaveChanged(),
    onEvent: ({ topic, payload }) => {
      if (topic !== productImagesTopic || !isProductImagesEvent(payload)) return;
      cache.apply(payload);
      dispatchProductImagesReady(payload);
    },
  });
  const store = globalThis.indexedDB === undefined ? memoryUploadStore() : indexedDbUploadStore();
  const uploads = options.uploads ?? new UploadQueue({ client, store });
  return { client, queryClient, cache, thumbnails, debug, events, uploads, reports, repairsAsked: new Set() };
}

/**
 * Starts what runs in the background and listens to the page: the network that comes back, the page that goes away,
 * errors that nobody caught. Returns how to stop all of it.
 */
export function startServices(services: BodegaServices, page: Window | undefined = globalThis.window): () => void {
  const { events, uploads, reports, cache, client } = services;
  const stopped = new AbortController();
  const listen = { signal: stopped.signal };
  events.start();
  const stopReports = reports.start();
  uploads.resume().catch((error: unknown) => reports.error(error));
  page?.addEventListener(
    "online",
    () => {
      events.hurry();
      void uploads.retry();
      void reports.flush();
    },
    listen,
  );
  page?.addEventListener("pagehide", () => void reports.flush(), listen);
  page?.addEventListener("error", (event) => reports.error(event.error ?? event.message), listen);
  page?.addEventListener("unhandledrejection", (event) => reports.error(event.reason), listen);
  let hasSeen = client.session.state === "signed_in";
  const stopSession = client.session.subscribe((state) => {
    // What one person saw is not for the next one. Who has seen nothing yet is told by the queries that were refused.
    if (state === "signed_out") return hasSeen ? services.queryClient.clear() : undefined;
    hasSeen = true;
    events.hurry();
    void uploads.retry();
  });
  return () => {
    stopped.abort();
    stopReports();
    stopSession();
    events.close();
    cache.close();
  };
}
