import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Principal } from "../auth/principal.ts";
import type { Foundation } from "../foundation.ts";
import { authenticated } from "../http/authorise.ts";
import { drainSignalOf, type HttpEnv, socketOf } from "../http/http-env.ts";
import { problemSchema } from "../http/problem-json.ts";
import type { Topic } from "../module.ts";
import { Problem, problems } from "../problem.ts";
import { type EventStreamTimes, eventStream } from "./event-stream.ts";

/** What of the foundation this needs. */
interface EventFoundation {
  readonly events: Foundation["events"];
  readonly authenticator: Pick<Foundation["authenticator"], "authenticate">;
}

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: problemSchema } },
});

const followEvents = createRoute({
  method: "get",
  path: "/v1/events",
  tags: ["Events"],
  summary: "Follow what happens",
  description: [
    "Server-sent events. `id` is a position: send it back as `Last-Event-ID` (or `after`) and the stream goes on right",
    "behind it, on any server, without a gap and without a repeat; without either it begins now. Sellers get only the",
    "events of their own supplier. A comment that carries the present position comes every 15 s. A reader that is too",
    "slow is disconnected and can resume. Events are kept for 7 days.",
  ].join(" "),
  security: [{ bearer: [] }],
  middleware: [authenticated()] as const,
  request: {
    query: z.object({
      topics: z.string().openapi({ description: "Names of topics, separated by commas.", example: "product-images" }),
      after: z.string().optional().openapi({ description: "The last position that you have.", example: "1024" }),
    }),
    headers: z.object({
      "last-event-id": z.string().optional().openapi({ description: "As `after`, which it goes before." }),
    }),
  },
  responses: {
    200: {
      description: "The stream. `data` is JSON: `{ id, …, traceId, at }`.",
      content: { "text/event-stream": { schema: z.string() } },
    },
    400: problem("A topic or a position that does not exist."),
    401: problem("No valid token."),
    403: problem("A topic that your role may not follow."),
    410: problem("`EVENTS_EXPIRED`: read everything anew, then follow from now."),
  },
});

/** `GET /v1/events` for the topics that all modules declare. `times` is for tests. */
export function registerEventRoutes(
  app: OpenAPIHono<HttpEnv>,
  foundation: EventFoundation,
  topics: readonly Topic[],
  times: Partial<EventStreamTimes> = {},
): void {
  app.openapi(followEvents, async (c) => {
    const query = c.req.valid("query");
    const { principal } = c.var;
    const wanted = topicsNamed(query.topics, topics);
    // A browser that reconnects sends the address of its first request, and where it got to in the header.
    const resumeFrom = positionIn(c.req.header("last-event-id"), "Last-Event-ID") ?? positionIn(query.after, "after");
    const closed = new AbortController();
    const subscription = foundation.events.subscribe({
      topics: wanted,
      principal,
      after: await foundation.events.positionToResume(resumeFrom),
      signal: AbortSignal.any([c.req.raw.signal, closed.signal, drainSignalOf(c)]),
    });
    const stream = eventStream({
      subscription,
      isStillAllowed: () => isStillAllowed(c, foundation, principal),
      cut: () => {
        closed.abort();
        cutConnection(c);
      },
      log: c.get("log"),
      times,
    });
    return new Response(stream, { headers: streamHeaders });
  });
}

/** `chunked` also keeps the server from gathering the first pieces; the last header is for nginx. */
const streamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  "transfer-encoding": "chunked",
  "x-accel-buffering": "no",
};

function topicsNamed(list: string, topics: readonly Topic[]): readonly Topic[] {
  const names = new Set(list.split(",").map((name) => name.trim()));
  return [...names].map((name) => {
    const topic = topics.find((known) => known.name === name);
    if (topic !== undefined) return topic;
    const message = `is not a topic; there are ${topics.map((known) => known.name).join(", ")}`;
    throw problems.VALIDATION_FAILED({ detail: "There is no such topic.", errors: [{ path: "topics", message }] });
  });
}

function positionIn(text: string | undefined, path: string): number | null {
  if (text === undefined || text === "") return null;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const message = "is not a position of this stream";
  throw problems.VALIDATION_FAILED({ detail: "The position cannot be read.", errors: [{ path, message }] });
}

/** The token is looked at again: it may have ended, been revoked, or its owner's role changed. */
async function isStillAllowed(
  c: Context<HttpEnv>,
  foundation: EventFoundation,
  principal: Principal,
): Promise<boolean> {
  const token = c.req.header("authorization")?.replace(/^Bearer +/i, "") ?? "";
  try {
    const now = await foundation.authenticator.authenticate(token);
    return now.role === principal.role && now.supplierId === principal.supplierId;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return false;
    throw error;
  }
}

function cutConnection(c: Context<HttpEnv>): void {
  socketOf(c)?.destroy();
}
