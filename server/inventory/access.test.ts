import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Permission, permissions } from "../foundation/auth/permissions.ts";
import type { Role } from "../foundation/auth/principal.ts";
import { encodeCursor } from "../foundation/http/pagination.ts";
import { type TestApplication, type TestCaller, testApplication } from "../testing/test-application.ts";
import { Stock } from "./database/stock.testing.ts";
import { bodyOf, expectProblem } from "./http.testing.ts";

let application: TestApplication;
let stock: Stock;
const roles = ["admin", "warehouse", "sales", "supplier"] as const satisfies readonly Role[];
const admin = { role: "admin" } as const;
const owner = { role: "supplier", supplierId: randomUUID() } as const;
const stranger = { role: "supplier", supplierId: randomUUID() } as const;
/** A product of `owner`'s with stock, a lot that expires, a linked code. */
let item: { readonly productId: string; readonly locationId: string };
const code = randomUUID();

beforeAll(async () => {
  application = await testApplication();
  stock = new Stock(application.database);
  item = await stock.createStock(0, owner);
  await stock.move("entry", [{ ...item, quantity: 3, lot: "L", expiresOn: "2026-01-01" }]);
  await stock.rows("select inventory.set_stock_limits($1, $2, 9, 20)", [item.productId, item.locationId]);
  await stock.rows("select inventory.link_product_code($1, $2)", [item.productId, code]);
});
afterAll(async () => application.close());

interface Endpoint {
  readonly for: Permission;
  /** A body that is well-formed; what it names does not exist. */
  readonly body?: object;
  /** Refused without an `Idempotency-Key`. */
  readonly isKeyed?: true;
  /** Sellers see rows of their own products in it. */
  readonly showsOwn?: true;
}

const nobody = { productId: randomUUID(), locationId: randomUUID() };
const lines = [{ ...nobody, quantity: "1" }];
const order = { locationId: nobody.locationId, lines: [{ productId: nobody.productId, quantity: "1" }] };

const lists: Readonly<Record<string, Endpoint>> = {
  "/v1/locations": { for: "stock:read" },
  "/v1/stock": { for: "stock:read", showsOwn: true },
  "/v1/stock/low": { for: "stock:read", showsOwn: true },
  "/v1/stock/expiring": { for: "stock:read", showsOwn: true },
  "/v1/stock/movements": { for: "stock:read", showsOwn: true },
  "/v1/stock/suggestions": { for: "stock:write" },
  "/v1/stock/counts": { for: "stock:write" },
  "/v1/reservations": { for: "stock:reserve" },
  "/v1/purchase-orders": { for: "stock:write" },
  "/v1/prices": { for: "stock:reserve" },
  "/v1/prices/changes": { for: "stock:reserve" },
  "/v1/shortages": { for: "stock:reserve" },
  "/v1/tasks": { for: "stock:reserve" },
};

/** Every endpoint of the inventory, as the OpenAPI document writes it. */
const endpoints: Readonly<Record<string, Endpoint>> = {
  ...Object.fromEntries(
    Object.entries(lists).flatMap(([path, list]) => [
      [`GET ${path}`, list],
      [`GET ${path}/export.csv`, { for: list.for }],
    ]),
  ),
  "POST /v1/locations": { for: "stock:write", body: { name: "A", code: "a" } },
  "PATCH /v1/locations/{id}": { for: "stock:write", body: { name: "A" } },
  "GET /v1/stock/summary": { for: "stock:read" },
  "PUT /v1/stock/limits": { for: "stock:write", body: { ...nobody, reorderPoint: "1", maximum: null } },
  "POST /v1/stock/import": { for: "stock:write", isKeyed: true },
  "POST /v1/stock/movements": { for: "stock:write", isKeyed: true, body: { type: "entry", lines } },
  "POST /v1/stock/movements/{id}/undo": { for: "stock:write", isKeyed: true, body: {} },
  "GET /v1/stock/movements/daily": { for: "stock:read" },
  "POST /v1/stock/transfers": {
    for: "stock:write",
    isKeyed: true,
    body: {
      fromLocationId: nobody.locationId,
      toLocationId: randomUUID(),
      lines: [{ productId: nobody.productId, quantity: "1" }],
    },
  },
  "POST /v1/stock/counts": {
    for: "stock:write",
    isKeyed: true,
    body: { locationId: nobody.locationId, lines: [{ productId: nobody.productId, counted: "1", countedFrom: 0 }] },
  },
  "GET /v1/stock/counts/{id}": { for: "stock:write" },
  "POST /v1/reservations": { for: "stock:reserve", isKeyed: true, body: { lines } },
  "GET /v1/reservations/{id}": { for: "stock:reserve" },
  "POST /v1/reservations/{id}/confirm": { for: "stock:reserve" },
  "POST /v1/reservations/{id}/cancel": { for: "stock:reserve", body: {} },
  "POST /v1/reservations/{id}/extend": { for: "stock:reserve", body: { expiresInSeconds: 60 } },
  "POST /v1/purchase-orders": { for: "stock:write", isKeyed: true, body: order },
  "GET /v1/purchase-orders/{id}": { for: "stock:write" },
  "PUT /v1/purchase-orders/{id}": { for: "stock:write", body: order },
  "POST /v1/purchase-orders/{id}/send": { for: "stock:write" },
  "POST /v1/purchase-orders/{id}/cancel": { for: "stock:write" },
  "POST /v1/purchase-orders/{id}/receipts": { for: "stock:write", isKeyed: true, body: { lines: order.lines } },
  "POST /v1/products/{id}/price": { for: "prices:write", body: { cost: "1", marginPercent: "30" } },
  "GET /v1/products/{id}/price-suggestion": { for: "stock:reserve" },
  "GET /v1/prices/rules": { for: "stock:reserve" },
  "PUT /v1/prices/rules/margin": {
    for: "prices:write",
    body: { category: "", minimumPercent: "0", suggestedPercent: "30" },
  },
  "PUT /v1/prices/rules/rounding": { for: "prices:write", body: { currency: "ARS", step: "1", mode: "nearest" } },
  "POST /v1/shortages": { for: "stock:reserve", body: { productId: nobody.productId } },
  "PATCH /v1/shortages/{id}": { for: "stock:reserve", body: { note: "x" } },
  "POST /v1/tasks": { for: "stock:reserve", body: { title: "x", productId: nobody.productId } },
  "GET /v1/tasks/people": { for: "stock:reserve" },
  "PATCH /v1/tasks/{id}": { for: "stock:reserve", body: { note: "x" } },
  "GET /v1/scan": { for: "stock:read" },
  "GET /v1/products/{id}/codes": { for: "stock:read" },
  "POST /v1/products/{id}/codes": { for: "stock:write", body: { code: "x" } },
  "DELETE /v1/products/{id}/codes/{code}": { for: "stock:write" },
};
const each = Object.entries(endpoints);
const withBody = each.filter(([, { body }]) => body !== undefined);
const ofOne = each.filter(([name]) => name.includes("{id}"));
const keyed = each.filter(([, { isKeyed }]) => isKeyed === true);

/** `content`: what is sent instead of the endpoint's own body; `id`: instead of one that nothing has. */
async function call(
  caller: TestCaller | null,
  name: string,
  {
    content,
    id = randomUUID(),
    key = randomUUID(),
    type = "application/json",
  }: { readonly content?: string; readonly id?: string; readonly key?: string | null; readonly type?: string } = {},
): Promise<Response> {
  const [method = "", path = ""] = name.split(" ");
  const body = content ?? (endpoints[name]?.body && JSON.stringify(endpoints[name].body));
  return application.app.request(path.replace("{id}", id).replace("{code}", "x").replace(/scan$/, "scan?code=x"), {
    method,
    headers: {
      ...(caller !== null && { authorization: `Bearer ${await application.tokenFor(caller)}` }),
      ...(body !== undefined && { "content-type": type }),
      ...(key !== null && { "idempotency-key": key }),
    },
    ...(body !== undefined && { body }),
  });
}

describe("who may", () => {
  it.each(each)("%s is nobody's without a token, or with a bad one", async (name) => {
    await expectProblem(await call(null, name), 401, "UNAUTHENTICATED");
    const [method = "", path = ""] = name.split(" ");
    const forged = await application.app.request(path.replace("{id}", randomUUID()), {
      method,
      headers: { authorization: "Bearer x.y.z" },
    });
    await expectProblem(forged, 401, "UNAUTHENTICATED");
  });

  it.each(each)("%s is for the roles of the contracts alone, whatever is sent", async (name, endpoint) => {
    const granted: Partial<Record<Role, string>> = permissions[endpoint.for];
    for (const role of roles) {
      for (const content of [undefined, ...(endpoint.body === undefined ? [] : ["{"])]) {
        const answer = await call({ role }, name, content === undefined ? {} : { content });
        if (granted[role] === undefined) await expectProblem(answer, 403, "FORBIDDEN");
        else expect([401, 403], `${role}, ${content}`).not.toContain(answer.status);
      }
    }
  });

  it.each(each.filter(([, { showsOwn }]) => showsOwn === true))(
    "%s shows sellers the rows of their own products, and nobody else's, in its file too",
    async (name) => {
      for (const address of [name, `${name}/export.csv`]) {
        const textFor = async (caller: TestCaller) => (await call(caller, address)).text();
        const sku = await stock.value<string>("select sku as value from catalog.products where id = $1", [
          item.productId,
        ]);
        expect(await textFor(owner)).toContain(sku);
        expect(await textFor(admin)).toContain(sku);
        expect(await textFor(stranger)).not.toContain(sku);
      }
    },
  );

  it("what is asked of one product tells another's seller nothing", async () => {
    const { productId } = item;
    const codes = `/v1/products/${productId}/codes`;
    const items = async (caller: TestCaller, path: string) =>
      (await bodyOf<{ items: unknown[] }>(await application.request(caller, "GET", path))).items.length;
    expect([await items(owner, codes), await items(stranger, codes)]).toEqual([1, 0]);
    const ledger = `/v1/stock/movements?productId=${productId}`;
    expect([await items(owner, ledger), await items(stranger, ledger)]).toEqual([1, 0]);
    const found = async (caller: TestCaller) =>
      (await bodyOf<{ kind: string }>(await application.request(caller, "GET", `/v1/scan?code=${code}`))).kind;
    expect([await found(owner), await found(stranger)]).toEqual(["linked", "unknown"]);
    const summary = async (caller: TestCaller) =>
      (await bodyOf<{ levels: number }>(await application.request(caller, "GET", "/v1/stock/summary"))).levels;
    expect([await summary(owner), await summary(stranger)]).toEqual([1, 0]);
    const days = `/v1/stock/movements/daily?productId=${productId}`;
    const daily = async (caller: TestCaller) => (await application.request(caller, "GET", days)).text();
    expect(await daily(owner)).not.toBe(await daily(stranger));
  });
});

describe("what is malformed", () => {
  it.each(withBody)("%s refuses what is no JSON, of another type, of another shape, or none at all", async (name) => {
    for (const content of ["", "{", "null", "[]", '"x"', '{"unknown":1}', '{"lines":{"length":1}}']) {
      await expectProblem(await call(admin, name, { content }), 400, "VALIDATION_FAILED");
    }
    const asText = await call(admin, name, { type: "text/plain" });
    expect(asText.status).toBeOneOf([400, 415]);
  });

  it.each(withBody)("%s refuses what is too large", async (name) => {
    const content = JSON.stringify({ reason: "x".repeat(1024 * 1024) });
    await expectProblem(await call(admin, name, { content }), 413, "PAYLOAD_TOO_LARGE");
  });

  it.each(ofOne)("%s of nothing is not there, and of no id is not valid", async (name) => {
    await expectProblem(await call(admin, name, { id: "x" }), 400, "VALIDATION_FAILED");
    const answer = await call(admin, name);
    if (name === "GET /v1/products/{id}/codes") expect(await bodyOf(answer)).toEqual({ items: [] });
    else if (name.includes("/v1/reservations/")) await expectProblem(answer, 404, "RESERVATION_NOT_FOUND");
    else await expectProblem(answer, 404, "NOT_FOUND");
  });

  it.each(keyed)("%s wants a key, and a well-formed one", async (name) => {
    await expectProblem(await call(admin, name, { key: null }), 400, "IDEMPOTENCY_KEY_REQUIRED");
    for (const key of ["", "a b", "x".repeat(256)]) {
      await expectProblem(await call(admin, name, { key }), 400, "VALIDATION_FAILED");
    }
  });

  it.each(Object.keys(lists))("%s refuses pages and files that there are not", async (path) => {
    // Locations go on after a code, which may be any text.
    const foreign = path === "/v1/locations" ? [] : [`cursor=${encodeCursor(["x", "x", "x", "x"])}`];
    for (const query of ["limit=0", "limit=201", "limit=x", "cursor=x", ...foreign]) {
      await expectProblem(await application.request(admin, "GET", `${path}?${query}`), 400, "VALIDATION_FAILED");
    }
    const file = await application.request(admin, "GET", `${path}/export.csv?delimiter=x`);
    await expectProblem(file, 400, "VALIDATION_FAILED");
  });

  it("a file to import is refused when it is too large, or of another type", async () => {
    const name = "POST /v1/stock/import";
    const large = await call(admin, name, { content: "x".repeat(9 * 1024 * 1024), type: "text/csv" });
    await expectProblem(large, 413, "PAYLOAD_TOO_LARGE");
    await expectProblem(await call(admin, name, { content: "{}" }), 415, "UNSUPPORTED_MEDIA_TYPE");
  });
});

describe("the document", () => {
  it("lists every endpoint of the inventory, with the refusals that everyone may get", async () => {
    const tags = ["Locations", "Stock", "Reservations", "Counts", "Purchase orders", "Prices", "Shortages", "Tasks"];
    const document = await bodyOf<{
      paths: Record<string, Record<string, { tags: string[]; responses: object; security: unknown }>>;
    }>(await application.app.request("/openapi.json"));
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => operation.tags.some((tag) => [...tags, "Scanned codes"].includes(tag)))
        .map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, ...operation })),
    );
    expect(described.map(({ name }) => name).toSorted()).toEqual(Object.keys(endpoints).toSorted());
    for (const { name, responses, security } of described) {
      expect([name, Object.keys(responses)]).toEqual([name, expect.arrayContaining(["401", "403", "429"])]);
      expect(security).toEqual([{ bearer: [] }]);
    }
  });
});
