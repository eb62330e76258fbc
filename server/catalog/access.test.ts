import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestCaller } from "../testing/test-application.ts";
import { admin, formOf, openShop, photo, problemOf, type Shop, sales, warehouse } from "./catalog.testing.ts";
import type { Image, Product } from "./schemas.ts";

let shop: Shop;
const owner = { role: "supplier", supplierId: randomUUID() } as const;
const stranger = { role: "supplier", supplierId: randomUUID() } as const;
let product: Product;
let image: Image;

beforeAll(async () => {
  shop = await openShop({ background: false });
  product = await shop.newProduct({ supplierId: owner.supplierId });
  image = await shop.addPhoto(product.id);
});
afterAll(() => shop.close());

interface Endpoint {
  readonly method: string;
  /** As the OpenAPI document writes it. */
  readonly path: string;
  readonly may: "read" | "write";
  readonly body?: () => unknown;
  readonly form?: () => Promise<FormData>;
  readonly csv?: string;
}

const order = async () => formOf([["order", JSON.stringify([{ id: image.id }])]]);

/** Every endpoint of the catalogue (contracts, *Catalogue*), with a request that changes nothing or little. */
const endpoints: readonly Endpoint[] = [
  { method: "GET", path: "/v1/products", may: "read" },
  { method: "POST", path: "/v1/products", may: "write", body: () => ({ sku: randomUUID(), name: "Té" }) },
  { method: "GET", path: "/v1/products/facets", may: "read" },
  { method: "GET", path: "/v1/products/{id}", may: "read" },
  { method: "PATCH", path: "/v1/products/{id}", may: "write", body: () => ({ name: "Té" }) },
  { method: "DELETE", path: "/v1/products/{id}", may: "write" },
  {
    method: "POST",
    path: "/v1/products/{id}/images",
    may: "write",
    form: async () => formOf([["file", await photo()]]),
  },
  { method: "PUT", path: "/v1/products/{id}/images", may: "write", form: order },
  { method: "PATCH", path: "/v1/products/{id}/images/order", may: "write", body: () => ({ ids: [image.id] }) },
  { method: "GET", path: "/v1/images/{id}", may: "read" },
  { method: "PATCH", path: "/v1/images/{id}", may: "write", body: () => ({ alt: "Té" }) },
  { method: "DELETE", path: "/v1/images/{id}", may: "write" },
  { method: "POST", path: "/v1/images/{id}/thumbnails", may: "write", body: () => ({}) },
  { method: "POST", path: "/v1/images/{id}/repair", may: "read" },
  { method: "POST", path: "/v1/products/import", may: "write", csv: "sku,name\n" },
  { method: "GET", path: "/v1/products/export.csv", may: "read" },
  { method: "GET", path: "/v1/thumbnails/metrics", may: "read" },
];
const each = endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const);
const ofOne = each.filter(([, { path }]) => path.includes("{id}"));

async function call(caller: TestCaller | null, endpoint: Endpoint, ids = { product: product.id, image: image.id }) {
  const path = endpoint.path.replace("{id}", endpoint.path.startsWith("/v1/images") ? ids.image : ids.product);
  const body = endpoint.body && JSON.stringify(endpoint.body());
  const content = endpoint.form === undefined ? (endpoint.csv ?? body) : await endpoint.form();
  const type = endpoint.csv === undefined ? "application/json" : "text/csv";
  return shop.app.app.request(path, {
    method: endpoint.method,
    ...(content !== undefined && { body: content }),
    headers: {
      "if-match": "*",
      ...(caller !== null && { authorization: `Bearer ${await shop.app.tokenFor(caller)}` }),
      ...(typeof content === "string" && { "content-type": type }),
    },
  });
}

describe("who may", () => {
  it.each(each)("%s is nobody's without a token, or with a bad one", async (_name, endpoint) => {
    const answer = await call(null, endpoint);
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
    await problemOf(answer, 401, "UNAUTHENTICATED");
    const path = endpoint.path.replace("{id}", image.id);
    const forged = await shop.app.app.request(path, {
      method: endpoint.method,
      headers: { authorization: "Bearer x.y.z" },
    });
    await problemOf(forged, 401, "UNAUTHENTICATED");
  });

  it.each(each)("%s: sales reads, and writes nothing", async (_name, endpoint) => {
    const answer = await call(sales, endpoint);
    if (endpoint.may === "write") await problemOf(answer, 403, "FORBIDDEN");
    else expect(answer.status).toBeOneOf([200, 202]);
  });

  it.each(ofOne)("%s of another seller's is not there", async (_name, endpoint) => {
    await problemOf(await call(stranger, endpoint), 404, "NOT_FOUND");
    expect(await shop.image(image.id)).toMatchObject({ alt: "", position: 0 });
    expect(await shop.ask(admin, "GET", `/v1/products/${product.id}`, 200)).toMatchObject({ name: product.name });
    expect(await shop.productImages(product.id)).toHaveLength(1);
  });

  it.each(ofOne)("%s of nothing is not there, and of no id is not valid", async (_name, endpoint) => {
    const nothing = { product: randomUUID(), image: randomUUID() };
    await problemOf(await call(admin, endpoint, nothing), 404, "NOT_FOUND");
    await problemOf(await call(admin, endpoint, { product: "x", image: "x" }), 400, "VALIDATION_FAILED");
  });

  it.each([
    ["admin", admin],
    ["warehouse", warehouse],
    ["the seller whose product it is", owner],
  ] as const)("%s may do all of it", async (_role, caller) => {
    const own = await shop.newProduct({ supplierId: owner.supplierId });
    const { id } = await shop.addPhoto(own.id);
    const ids = { product: own.id, image: id };
    const deleting = endpoints.filter(({ method }) => method === "DELETE").reverse();
    const others = endpoints.filter((endpoint) => !deleting.includes(endpoint));
    for (const endpoint of [...others.filter(({ form }) => form !== order), ...deleting]) {
      // The order of the photos as they are in this product, with the one that was just uploaded.
      const body = { ids: (await shop.sql.list(own.id)).map((row) => row.id) };
      const answer = await call(
        caller,
        endpoint.path.endsWith("/order") ? { ...endpoint, body: () => body } : endpoint,
        ids,
      );
      const name = `${endpoint.method} ${endpoint.path}`;
      expect([name, answer.status]).toEqual([name, expect.toBeOneOf([200, 201, 202, 204])]);
    }
    expect(await shop.sql.rows("select deletion_status from catalog.products where id = $1", [own.id])).toEqual([
      { deletion_status: "pending_delete" },
    ]);
  });
});

describe("sellers", () => {
  it("see their own products alone, whatever they ask for", async () => {
    const mine = await shop.ask(owner, "GET", "/v1/products", 200);
    expect((mine.items as Product[]).map(({ supplierId }) => supplierId)).toEqual(
      (mine.items as Product[]).map(() => owner.supplierId),
    );
    const theirs = await shop.ask(stranger, "GET", `/v1/products?supplierId=${owner.supplierId}`, 200);
    expect(theirs.items).toEqual([]);
  });

  it("make products of their own, and give none away", async () => {
    const body = { sku: randomUUID(), name: "Té" };
    expect(await shop.ask(stranger, "POST", "/v1/products", 201, body)).toMatchObject({
      supplierId: stranger.supplierId,
    });
    const others = { ...body, sku: randomUUID(), supplierId: owner.supplierId };
    await problemOf(await shop.app.request(stranger, "POST", "/v1/products", others), 403, "FORBIDDEN");
    const path = `/v1/products/${product.id}`;
    for (const supplierId of [stranger.supplierId, null]) {
      const answer = await shop.app.request(owner, "PATCH", path, { supplierId }, { "if-match": "*" });
      await problemOf(answer, 403, "FORBIDDEN");
    }
  });
});

describe("the documents", () => {
  it("list every endpoint of the catalogue, with the answers that it may give", async () => {
    const document = (await shop.ask(null, "GET", "/openapi.json", 200)) as {
      readonly paths: Record<
        string,
        Record<string, { readonly tags: string[]; readonly responses: object; readonly security: unknown }>
      >;
    };
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { tags }]) => tags.some((tag) => ["Products", "Photos", "Thumbnails"].includes(tag)))
        .map(([method]) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(each.map(([name]) => name).sort());
    for (const { method, path } of endpoints) {
      const operation = document.paths[path]?.[method.toLowerCase()];
      expect([path, Object.keys(operation?.responses ?? {})]).toEqual([
        path,
        expect.arrayContaining(["401", "403", "429"]),
      ]);
      expect(operation?.security).toEqual([{ bearer: [] }]);
    }
  });
});
