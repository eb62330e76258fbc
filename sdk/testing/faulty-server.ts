import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export interface FaultyServer {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  readonly stop: () => Promise<void>;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export type Answer = (response: ServerResponse, request: SeenRequest) => void;

/** A real socket that answers as told: the n-th request by the n-th answer, the last one again and again. */
export async function faultyServer(...answers: readonly Answer[]): Promise<FaultyServer> {
  const requests: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const seen = {
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(pieces).toString("latin1"),
    };
    requests.push(seen);
    answers[Math.min(requests.length, answers.length) - 1]?.(response, seen);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with a problem document. */
export const problem =
  (status: number, code: string, headers: Readonly<Record<string, string>> = {}) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "application/problem+json", ...headers });
    response.end(
      JSON.stringify({ type: "about:blank", title: code, status, detail: `Said ${code}.`, code, requestId: "r1" }),
    );
  };

/** Answers with JSON. */
export const json =
  (status: number, body: unknown) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };

/** Cuts the connection. */
export const cut = (response: ServerResponse): void => void response.destroy();

/** Never answers. */
export const silent = (): void => undefined;
