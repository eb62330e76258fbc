import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../foundation/auth/principal.ts";
import { sqlState } from "../foundation/database/database.ts";
import type { TestCaller } from "../testing/test-application.ts";
import type { Story } from "./schemas.ts";
import { admin, openStoryShop, problemOf, type StoryShop, sales, warehouse } from "./stories.testing.ts";

let shop: StoryShop;
let story: Story;
beforeAll(async () => {
  shop = await openStoryShop({ background: false });
  story = await shop.newStory();
});
afterAll(() => shop.close());

interface Endpoint {
  readonly method: string;
  /** As the OpenAPI document writes it. */
  readonly path: string;
  readonly for?: "admin";
  readonly body?: object;
}

const endpoints: readonly Endpoint[] = [
  { method: "GET", path: "/v1/stories" },
  { method: "POST", path: "/v1/stories", body: { title: 1 } },
  { method: "GET", path: "/v1/stories/{id}" },
  { method: "PATCH", path: "/v1/stories/{id}", body: { title: 1 } },
  { method: "DELETE", path: "/v1/stories/{id}" },
  { method: "POST", path: "/v1/stories/{id}/scenes" },
  { method: "POST", path: "/v1/stories/{id}/illustrations", body: { imageTypes: [] } },
  { method: "GET", path: "/v1/stories/{id}/illustrations" },
  { method: "GET", path: "/v1/stories/{id}/illustrations/{runId}" },
  { method: "POST", path: "/v1/stories/{id}/illustrations/{runId}/cancel" },
  { method: "POST", path: "/v1/images/generate", body: { prompt: 1 } },
  { method: "POST", path: "/v1/stories/{id}/images/{imageType}", body: {} },
  { method: "GET", path: "/v1/stories/{id}/images/{imageType}/versions" },
  { method: "POST", path: "/v1/stories/{id}/images/{imageType}/versions/{version}/use" },
  { method: "POST", path: "/v1/stories/{id}/pdf", body: { format: "x" } },
  { method: "GET", path: "/v1/stories/{id}/pdf" },
  { method: "GET", path: "/v1/stories/metrics", for: "admin" },
  { method: "GET", path: "/v1/stories/report.csv", for: "admin" },
];
const each = endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const);
const ofOne = each.filter(([, { path }]) => path.includes("{id}"));
const withBody = each.filter(([, { body }]) => body !== undefined);

async function call(
  caller: TestCaller | null,
  { method, path, body }: Endpoint,
  id: string = story.id,
): Promise<Response> {
  const filled = path
    .replace("{id}", id)
    .replace("{runId}", randomUUID())
    .replace("{imageType}", "cover")
    .replace("{version}", "1");
  return shop.app.request(caller, method, filled, body, { "if-match": "*" });
}

describe("who may", () => {
  it.each(each)("%s is nobody's without a token, or with a bad one", async (_name, endpoint) => {
    await problemOf(await call(null, endpoint), 401, "UNAUTHENTICATED");
    const path = endpoint.path.replace("{id}", story.id);
    const forged = await shop.app.app.request(path, {
      method: endpoint.method,
      headers: { authorization: "Bearer x.y.z" },
    });
    await problemOf(forged, 401, "UNAUTHENTICATED");
  });

  it.each(each)("%s is not for the warehouse, nor for sellers", async (_name, endpoint) => {
    await problemOf(await call(warehouse, endpoint), 403, "FORBIDDEN");
    await problemOf(await call({ role: "supplier" }, endpoint), 403, "FORBIDDEN");
    if (endpoint.for === "admin") await problemOf(await call(sales, endpoint), 403, "FORBIDDEN");
    else expect((await call(endpoint.method === "DELETE" ? null : sales, endpoint)).status).not.toBe(403);
  });

  it.each(ofOne)("%s of nothing is not there, and of no id is not valid", async (_name, endpoint) => {
    await problemOf(await call(admin, endpoint, "x"), 400, "VALIDATION_FAILED");
    const { body: _, ...bare } = endpoint;
    const wellFormed = /images\/\{imageType\}$/.test(endpoint.path)
      ? { ...bare, body: { imageBase64: "AA==", mimeType: "image/png" } }
      : endpoint.method === "PATCH"
        ? { ...bare, body: { title: "B" } }
        : bare;
    await problemOf(await call(admin, wellFormed, randomUUID()), 404, "NOT_FOUND");
  });

  it.each(withBody)("%s refuses a body that does not fit, and one that is too large", async (_name, endpoint) => {
    await problemOf(await call(sales, endpoint), 400, "VALIDATION_FAILED");
    const large = "x".repeat(29 * 1024 * 1024);
    const answer = await shop.app.app.request(endpoint.path.replace("{id}", story.id).replace("{imageType}", "cover"), {
      method: endpoint.method,
      body: JSON.stringify({ title: large }),
      headers: {
        authorization: `Bearer ${await shop.app.tokenFor(sales)}`,
        "content-type": "application/json",
        "if-match": "*",
      },
    });
    await problemOf(answer, 413, "PAYLOAD_TOO_LARGE");
  });
});

describe("the documents", () => {
  it("list every endpoint of stories", async () => {
    const document = (await shop.ask(null, "GET", "/openapi.json", 200)) as {
      readonly paths: Record<string, Record<string, { readonly tags: string[]; readonly security: unknown }>>;
    };
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { tags }]) => tags.some((tag) => ["Stories", "Illustrations", "Books"].includes(tag)))
        .map(([method]) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(each.map(([name]) => name).sort());
  });
});

describe("row security", () => {
  const tables = ["stories", "story_images", "replaced_images", "illustration_runs", "run_images", "books"] as const;
  const as = async (role: Role, text: string) => {
    const principal = {
      userId: `user-${role}`,
      role,
      supplierId: role === "supplier" ? randomUUID() : null,
      email: null,
    };
    return (await shop.foundation.database.actAs(principal, (tx) => sql.raw(text).execute(tx))).rows;
  };

  it("shows stories to admin and sales alone", async () => {
    for (const role of ["admin", "sales"] as const) {
      expect((await as(role, "select * from stories.stories")).length).toBeGreaterThan(0);
    }
    for (const role of ["warehouse", "supplier"] as const) {
      for (const table of tables) expect(await as(role, `select * from stories.${table}`)).toEqual([]);
    }
  });

  it("lets nobody write pictures, runs and books but through the functions, and those only who may", async () => {
    for (const table of tables.slice(1)) {
      expect(await as("admin", `delete from stories.${table}`).catch(sqlState)).toBe("42501");
    }
    const requested = `select stories.request_illustrations('${story.id}', null, '{cover}', false, null, null, null)`;
    for (const role of ["warehouse", "supplier"] as const) {
      expect(await as(role, requested).catch(sqlState)).toBe("42501");
      expect(await as(role, "insert into stories.stories (title) values ('x')").catch(sqlState)).toBe("42501");
    }
    for (const own of ["refused_uploads", "picture_places"]) {
      expect(await as("admin", `select * from stories.${own}`).catch(sqlState)).toBe("42501");
    }
  });

  it("lets no picture point at an object that is not its story's own", async () => {
    const picture = { story_id: story.id, image_type: "cover", object_key: "products/a/b.png", provider: "upload" };
    const set = `select stories.set_story_image('${JSON.stringify(picture)}', 'image_uploaded')`;
    expect(await as("sales", set).catch(sqlState)).toBe("22023");
  });
});
