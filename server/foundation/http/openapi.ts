import type { OpenAPIHono } from "@hono/zod-openapi";
import type { z } from "zod";
import type { HttpEnv } from "./http-env.ts";
import { problemSchema } from "./problem-json.ts";

const problemTitles: Readonly<Record<number, string>> = {
  400: "The request is not valid.",
  401: "No token, or one that is not good.",
  403: "The role does not allow this.",
  404: "There is no such thing.",
  409: "It conflicts with the present state.",
  410: "It is gone.",
  412: "It was changed by someone else meanwhile.",
  413: "It is too large.",
  415: "The content type is not supported.",
  422: "It is well-formed, yet cannot be done.",
  428: "If-Match is missing.",
  429: "Too many requests; see Retry-After.",
  502: "A service behind this one failed.",
  503: "Temporarily unavailable; see Retry-After.",
};

interface ProblemResponse {
  description: string;
  content: { "application/problem+json": { schema: typeof problemSchema } };
}

/** The refusals that a route may give, for its `responses`: `...problemResponses(401, 403, 404)`. */
export function problemResponses<const Status extends number>(...statuses: Status[]): Record<Status, ProblemResponse> {
  const entries = statuses.map((status) => [
    status,
    {
      description: problemTitles[status] ?? "It failed.",
      content: { "application/problem+json": { schema: problemSchema } },
    },
  ]);
  return Object.fromEntries(entries) as Record<Status, ProblemResponse>;
}

/** A JSON body that must be there: without `required` the body of a request without content type is not validated. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true as const, content: { "application/json": { schema } } };
}

/** An answer with a JSON body. */
export function jsonAnswer<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** What a route behind `authorise` puts into `security`. */
export const bearer = [{ bearer: [] as string[] }];

export type OpenApiDocument = ReturnType<OpenAPIHono<HttpEnv>["getOpenAPI31Document"]>;

/** The whole document, made from the very schemas that validate; the same on every instance. */
export function openApiDocument(app: OpenAPIHono<HttpEnv>, version: string): OpenApiDocument {
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Bodega",
      version,
      description:
        "The back office of a small shop. Errors are RFC 9457 problems; lists are `{ items, nextCursor }`; writes accept " +
        "`Idempotency-Key`. Sign in at `POST /auth/sign-in/email`, then `GET /auth/token` gives the bearer token.",
      license: { name: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
  });
}

/** Registers what routes refer to; call once, before the routes. */
export function registerSecurity(app: OpenAPIHono<HttpEnv>): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
  });
  app.openAPIRegistry.register("Problem", problemSchema);
}
