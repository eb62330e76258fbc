import { createRoute, z } from "@hono/zod-openapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestHttp, type TestUser, testHttp } from "../../testing/test-http.ts";
import { problems } from "../problem.ts";
import { authorise } from "./authorise.ts";
import { etagOf, notModified, requireIfMatch } from "./etag.ts";
import { jsonAnswer, jsonBody, problemResponses } from "./openapi.ts";

const echoRoute = createRoute({
  method: "post",
  path: "/v1/echo/{id}",
  middleware: authorise("catalog:write"),
  request: {
    params: z.object({ id: z.uuid() }),
    body: jsonBody(z.object({ lines: z.array(z.object({ quantity: z.number() })) })),
  },
  responses: { 200: jsonAnswer(z.object({ count: z.number() }), "The count."), ...problemResponses(400, 401, 403) },
});

let shop: TestHttp;
let admin: TestUser;
beforeAll(async () => {
  shop = await testHttp({
    environment: { ALLOWED_ORIGINS: "https://back.office.test" },
    modules: [
      {
        routes: (app, { database }) => {
          app.openapi(echoRoute, (c) => c.json({ count: c.req.valid("json").lines.length }, 200));
          app.get("/v1/bug", () => {
            throw new Error("secret detail of a library");
          });
          app.get("/v1/refused", () => {
            throw problems.CONFLICT({ detail: "It is so.", errors: [{ productId: "p", available: "3" }] });
          });
          app.get("/v1/timeout", () => database.pool.query("set statement_timeout = 1; select pg_sleep(1)").then());
          app.get("/v1/raw", () => new Response("streamed", { headers: { "content-type": "text/plain" } }));
          app.get("/v1/version", (c) => notModified(c, etagOf(7)) ?? c.text("seven", 200, { etag: etagOf(7) }));
          app.put("/v1/version", (c) => {
            requireIfMatch(c, etagOf(7));
            return c.text("changed");
          });
        },
        healthChecks: [
          { name: "shelf", check: async () => ({ books: 3 }) },
          { name: "roof", check: async () => (isRaining ? Promise.reject(new Error("it leaks")) : {}) },
        ],
      },
    ],
  });
  admin = await shop.addUser("admin");
});
afterAll(() => shop.close());

let isRaining = false;
const id = "0190a000-0000-7000-8000-000000000000";
const lineOf = (requestId: string | null, message: string) =>
  shop.logged.filter((line) => line.requestId === requestId && line.message === message);

function echo(body: string, headers: Record<string, string> = {}) {
  return shop.app.request(`/v1/echo/${id}`, {
    method: "POST",
    headers: { authorization: `Bearer ${admin.token}`, "content-type": "application/json", ...headers },
    body,
  });
}

async function problemOf(answer: Response) {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const body = (await answer.json()) as { [member: string]: unknown; status: number; requestId: string };
  expect(body).toMatchObject({ type: "about:blank", title: expect.any(String), detail: expect.any(String) });
  expect(body.status).toBe(answer.status);
  expect(body.requestId).toBe(answer.headers.get("x-request-id"));
  return body;
}

describe("every answer", () => {
  it("carries the caller's request id if it is a harmless one, else a new one", async () => {
    const ask = async (given: string) =>
      (await shop.app.request("/health/live", { headers: { "x-request-id": given } })).headers.get("x-request-id");
    expect(await ask("order-4711_a.B")).toBe("order-4711_a.B");
    for (const bad of ["a b", "a".repeat(129), '"quoted"', "ñ"]) expect(await ask(bad)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each(["/health/live", "/v1/bug", "/v1/refused", "/v1/raw", "/nowhere"])(
    "has the security headers: %s",
    async (path) => {
      const { headers } = await shop.app.request(path);
      expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("strict-transport-security")).toBeNull();
    },
  );

  it("leaves one line in the log, with the caller's trace, the route's pattern and no query", async () => {
    const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    const answer = await echo('{"lines":[]}', { traceparent: `00-${traceId}-00f067aa0ba902b7-01` });
    const lines = lineOf(answer.headers.get("x-request-id"), "request");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ method: "POST", route: "/v1/echo/:id", status: 200, traceId });
    expect(lines[0]).toMatchObject({ userId: admin.row.id, elapsedMs: expect.any(Number) });
    await shop.app.request("/v1/version?token=topsecret");
    expect(JSON.stringify(shop.logged)).not.toContain("topsecret");
    expect(JSON.stringify(shop.logged)).not.toContain(admin.token);
  });
});

describe("a failure", () => {
  it("that is expected tells its code, detail and errors", async () => {
    const body = await problemOf(await shop.app.request("/v1/refused"));
    expect(body).toMatchObject({ status: 409, code: "CONFLICT", detail: "It is so." });
    expect(body.errors).toEqual([{ productId: "p", available: "3" }]);
  });

  it("that is a bug says nothing of itself to the caller, and all to the log, once", async () => {
    const answer = await shop.app.request("/v1/bug");
    const body = await problemOf(answer);
    expect(body).toMatchObject({ status: 500, code: "INTERNAL" });
    expect(JSON.stringify(body)).not.toContain("secret detail");
    const lines = lineOf(body.requestId, "a request failed");
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines[0])).toContain("secret detail of a library");
    expect(JSON.stringify(lines[0])).toContain("http-app.test.ts");
  });

  it("of the database is told as unavailable, to be tried again", async () => {
    const answer = await shop.app.request("/v1/timeout");
    expect(await problemOf(answer)).toMatchObject({ status: 503, code: "SERVICE_UNAVAILABLE" });
    expect(answer.headers.get("retry-after")).toBe("1");
  });

  it("to find anything is a problem too, and a wrong method names the right ones", async () => {
    expect(await problemOf(await shop.app.request("/nowhere"))).toMatchObject({ status: 404, code: "NOT_FOUND" });
    const answer = await shop.app.request("/v1/version", { method: "DELETE" });
    expect(await problemOf(answer)).toMatchObject({ status: 405, code: "METHOD_NOT_ALLOWED" });
    expect(answer.headers.get("allow")?.split(", ").sort()).toEqual(["GET", "HEAD", "PUT"]);
  });
});

describe("a body", () => {
  it("that does not fit is refused with each place", async () => {
    const body = await problemOf(await echo('{"lines":[{"quantity":1},{"quantity":"x"}]}'));
    expect(body).toMatchObject({ status: 400, code: "VALIDATION_FAILED", errors: [{ path: "lines.1.quantity" }] });
    const bad = await shop.app.request("/v1/echo/not-a-uuid", {
      method: "POST",
      headers: { authorization: `Bearer ${admin.token}`, "content-type": "application/json" },
      body: "{}",
    });
    expect(await problemOf(bad)).toMatchObject({ code: "VALIDATION_FAILED", errors: [{ path: "id" }] });
  });

  it("that is not JSON, not of the content type, or missing, is refused by name", async () => {
    expect(await problemOf(await echo('{"lines":'))).toMatchObject({ status: 400, code: "VALIDATION_FAILED" });
    const text = await problemOf(await echo("lines", { "content-type": "text/plain" }));
    expect(text).toMatchObject({ status: 415, code: "UNSUPPORTED_MEDIA_TYPE" });
    const none = await shop.app.request(`/v1/echo/${id}`, {
      method: "POST",
      headers: { authorization: `Bearer ${admin.token}` },
    });
    expect(await problemOf(none)).toMatchObject({ status: 400, code: "VALIDATION_FAILED" });
  });

  it("over one MiB is refused", async () => {
    const body = JSON.stringify({ lines: [], padding: "x".repeat(1024 * 1024) });
    expect(await problemOf(await echo(body))).toMatchObject({ status: 413, code: "PAYLOAD_TOO_LARGE" });
  });
});

describe("a caller", () => {
  it("without a token, with a bad one or with the wrong role is refused before anything is read", async () => {
    const none = await shop.app.request(`/v1/echo/${id}`, { method: "POST", body: "not even JSON" });
    expect(await problemOf(none)).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
    expect(none.headers.get("www-authenticate")).toBe("Bearer");
    expect(await problemOf(await echo("{}", { authorization: "Basic abc" }))).toMatchObject({ status: 401 });
    expect(await problemOf(await echo("{}", { authorization: "Bearer abc" }))).toMatchObject({ status: 401 });
    const { token } = await shop.addUser("sales");
    const wrong = await echo("{}", { authorization: `Bearer ${token}` });
    expect(await problemOf(wrong)).toMatchObject({ status: 403, code: "FORBIDDEN" });
  });

  it("is told what is left, and is stopped over the limit, alone", async () => {
    const greedy = await shop.addUser("sales");
    const ask = (token: string) => shop.app.request("/v1/me", { headers: { authorization: `Bearer ${token}` } });
    const first = await ask(greedy.token);
    expect(first.headers.get("ratelimit-policy")).toBe('"requests";q=1000;w=5');
    expect(first.headers.get("ratelimit")).toMatch(/^"requests";r=999;t=1$/);
    const answers: Response[] = [];
    while (answers.at(-1)?.status !== 429 && answers.length < 20_000) {
      answers.push(...(await Promise.all(Array.from({ length: 100 }, () => ask(greedy.token)))));
    }
    const refused = answers.find((answer) => answer.status === 429);
    expect(refused && (await problemOf(refused))).toMatchObject({ code: "RATE_LIMITED" });
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await ask(admin.token)).status).toBe(200);
    expect((await shop.app.request("/health/live")).headers.get("ratelimit")).toBeNull();
  });
});

describe("pages of other sites", () => {
  it("get the answer only when they are on the allowlist", async () => {
    const ask = (origin: string) => shop.app.request("/v1/refused", { headers: { origin } });
    const { headers } = await ask("https://back.office.test");
    expect(headers.get("access-control-allow-origin")).toBe("https://back.office.test");
    expect(headers.get("access-control-allow-credentials")).toBe("true");
    expect(headers.get("access-control-expose-headers")).toContain("x-request-id");
    expect((await ask("https://back.office.test.evil")).headers.get("access-control-allow-origin")).toBeNull();
    expect((await ask("null")).headers.get("access-control-allow-origin")).toBeNull();
  });

  it("may ask beforehand what they may send", async () => {
    const answer = await shop.app.request("/v1/version", {
      method: "OPTIONS",
      headers: {
        origin: "https://back.office.test",
        "access-control-request-method": "PUT",
        "access-control-request-headers": "authorization,if-match,idempotency-key",
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-headers")).toContain("idempotency-key");
  });
});

describe("a version", () => {
  const ask = (method: string, headers: Record<string, string>) => shop.app.request("/v1/version", { method, headers });

  it("must be named to be changed, and must be the present one", async () => {
    expect(await problemOf(await ask("PUT", {}))).toMatchObject({ status: 428, code: "PRECONDITION_REQUIRED" });
    const stale = await ask("PUT", { "if-match": etagOf(6) });
    expect(await problemOf(stale)).toMatchObject({ status: 412, code: "PRECONDITION_FAILED" });
    expect(stale.headers.get("etag")).toBe(etagOf(7));
    expect((await ask("PUT", { "if-match": `W/${etagOf(7)}` })).status).toBe(412);
    expect((await ask("PUT", { "if-match": `${etagOf(6)}, ${etagOf(7)}` })).status).toBe(200);
    expect((await ask("PUT", { "if-match": "*" })).status).toBe(200);
  });

  it("that the caller has is not sent again", async () => {
    expect((await ask("GET", {})).headers.get("etag")).toBe(etagOf(7));
    const same = await ask("GET", { "if-none-match": `W/${etagOf(7)}` });
    expect([same.status, await same.text()]).toEqual([304, ""]);
    expect((await ask("GET", { "if-none-match": etagOf(6) })).status).toBe(200);
  });
});

describe("operation", () => {
  it("is alive, and ready only when every check passes; why not is for the log", async () => {
    expect(await (await shop.app.request("/health/live")).json()).toEqual({ status: "ok" });
    const ready = await shop.app.request("/health/ready");
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: "ok", checks: { database: "ok", shelf: "ok", roof: "ok" } },
    ]);
    isRaining = true;
    const wet = await shop.app.request("/health/ready");
    isRaining = false;
    expect([wet.status, await wet.json()]).toEqual([
      503,
      { status: "unavailable", checks: { database: "ok", shelf: "ok", roof: "failed" } },
    ]);
    expect(JSON.stringify(shop.logged)).toContain("it leaks");
  });

  it("shows its measurements to operators only, by route pattern", async () => {
    await shop.app.request("/v1/version?x=1");
    await shop.app.request("/any/unknown/path", { method: "PROPFIND" });
    expect((await shop.app.request("/metrics")).status).toBe(401);
    const { token } = await shop.addUser("sales");
    expect((await shop.app.request("/metrics", { headers: { authorization: `Bearer ${token}` } })).status).toBe(403);
    const answer = await shop.app.request("/metrics", { headers: { authorization: `Bearer ${admin.token}` } });
    const text = await answer.text();
    expect(text).toMatch(/bodega_http_requests_total\{method="GET",route="\/v1\/version",status="200"\} \d+/);
    expect(text).toMatch(/bodega_http_requests_total\{method="OTHER",route="unmatched",status="404"\} 1/);
    expect(text).toContain("bodega_http_request_duration_seconds_bucket");
  });

  it("has a reference page that loads nothing from elsewhere", async () => {
    const page = await shop.app.request("/docs");
    const html = await page.text();
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self';");
    expect(html).not.toMatch(/https?:\/\//);
    const script = await shop.app.request("/docs/scalar.js");
    expect(script.headers.get("content-type")).toContain("text/javascript");
    expect(Number(script.headers.get("content-length"))).toBe((await script.arrayBuffer()).byteLength);
  });

  it("describes itself in OpenAPI 3.1, problems and all", async () => {
    const document = (await (await shop.app.request("/openapi.json")).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { responses: Record<string, { content: object }>; security?: object }>>;
      components: { securitySchemes: object; schemas: object };
    };
    expect(document.openapi).toBe("3.1.0");
    expect(document.components.securitySchemes).toMatchObject({ bearer: { type: "http", scheme: "bearer" } });
    expect(document.components.schemas).toHaveProperty("Problem");
    expect(document.paths["/v1/echo/{id}"]?.post?.responses["403"]?.content).toEqual({
      "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
    });
    expect(document.paths["/v1/users"]?.get?.security).toEqual([{ bearer: [] }]);
  });
});
