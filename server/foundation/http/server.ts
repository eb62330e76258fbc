import type { Server, ServerResponse } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { ConfigError } from "../../config.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { HttpEnv } from "./http-env.ts";

export interface ServeOptions {
  readonly app: Pick<OpenAPIHono<HttpEnv>, "fetch">;
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  readonly log: Logger;
  /** How long requests under way may take to end once we stop. */
  readonly drainTimeoutMs?: number;
}

export interface HttpServer {
  readonly port: number;
  readonly url: string;
  /** Stops accepting, lets what is under way end, then cuts what is left. Safe to call twice. */
  readonly close: () => Promise<void>;
}

/** Headers must come soon; a whole upload may take its time on a slow line (20 MiB at 1 Mbit/s are 170 s). */
const timeouts = {
  headersTimeout: 20_000,
  requestTimeout: 300_000,
  // Longer than the 60 s after which common load balancers let go, so that they, not we, close an idle connection.
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
};

/**
 * Serves `app` on a real socket. `close` aborts `c.env.drain` (server-sent events end by it), answers what is under way
 * with `Connection: close`, and after `drainTimeoutMs` (12 s) destroys what is left. Throws `ConfigError`, one sentence,
 * when the address cannot be had.
 */
export async function serve(options: ServeOptions): Promise<HttpServer> {
  const { app, host, port, log, drainTimeoutMs = 12_000 } = options;
  const draining = new AbortController();
  const server = createAdaptorServer({
    fetch: (request, env) => app.fetch(request, { ...env, drain: draining.signal }),
    serverOptions: timeouts,
  }) as Server;
  const underWay = trackAnswers(server, draining.signal);
  await listen(server, host, port);
  server.on("error", (error) => log.error({ error }, "the HTTP server reported an error"));

  let closing: Promise<void> | undefined;
  const address = server.address();
  const boundPort = typeof address === "object" && address !== null ? address.port : port;
  return {
    port: boundPort,
    url: `http://${host.includes(":") ? `[${host}]` : host}:${boundPort}`,
    close: () => {
      closing ??= drain(server, draining, underWay, { drainTimeoutMs, log });
      return closing;
    },
  };
}

/** The answers not yet ended. While we stop, each takes its connection with it. */
function trackAnswers(server: Server, draining: AbortSignal): ReadonlySet<ServerResponse> {
  const underWay = new Set<ServerResponse>();
  server.on("request", (_request, response) => {
    underWay.add(response);
    if (draining.aborted) response.setHeader("connection", "close");
    response.once("close", () => {
      underWay.delete(response);
      if (draining.aborted) server.closeIdleConnections();
    });
  });
  return underWay;
}

async function drain(
  server: Server,
  draining: AbortController,
  underWay: ReadonlySet<ServerResponse>,
  options: { readonly drainTimeoutMs: number; readonly log: Logger },
): Promise<void> {
  draining.abort(new Error("the server is stopping"));
  for (const response of underWay) if (!response.headersSent) response.setHeader("connection", "close");
  const cut = setTimeout(() => {
    options.log.warn({ count: underWay.size }, "requests still under way were cut off");
    server.closeAllConnections();
  }, options.drainTimeoutMs);
  try {
    await new Promise<void>((resolve, reject) => {
      server.close((error) => (error === undefined ? resolve() : reject(error)));
    });
  } finally {
    clearTimeout(cut);
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) => reject(listenFailure(error, host, port));
    server.once("error", refuse);
    server.listen({ host, port, backlog: 1024 }, () => {
      server.off("error", refuse);
      resolve();
    });
  });
}

function listenFailure(error: Error, host: string, port: number): Error {
  switch ("code" in error ? error.code : undefined) {
    case "EADDRINUSE":
      return new ConfigError(
        `Port ${port} of ${host} is taken by another program; stop it, or set PORT to a free one.`,
      );
    case "EACCES":
      return new ConfigError(`Port ${port} needs rights that this user lacks; set PORT to one above 1023.`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new ConfigError(`HOST is ${host}, which is no address of this machine; set it to 127.0.0.1 or 0.0.0.0.`);
    default:
      return error;
  }
}
