import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { admin, bodyOf, openShop, photo, problemOf, type Shop, sales } from "../catalog.testing.ts";

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const repair = (imageId: string, caller = admin as { readonly role: "admin" | "sales" | "warehouse" }) =>
  shop.app.request(caller, "POST", `/v1/images/${imageId}/repair`);

describe("POST /v1/images/{id}/repair", () => {
  it("looks before it believes: with every object there, nothing is done and nobody told", async () => {
    const image = await shop.newReadyPhoto();
    expect(await bodyOf(await repair(image.id, sales), 200)).toEqual({ missing: [] });
    expect(await shop.image(image.id)).toEqual(image);
    expect(await shop.phases(image.productId)).toEqual(["base_insert", "thumbnails_ready"]);
  });

  it.each([
    ["desktop", ["desktop"]],
    ["a small one", ["minithumb"]],
    ["all of them", ["desktop", "minithumb", "mobile", "tablet"]],
  ])("%s really gone is made again, whoever saw it", async (_what, lost) => {
    const image = await shop.newReadyPhoto();
    const { thumbnails } = await shop.sql.photo(image.id);
    for (const variant of lost) await shop.foundation.store.delete(thumbnails?.[variant] ?? "");
    const { missing } = await bodyOf(await repair(image.id, sales), 202);
    expect([...(missing as string[])].sort()).toEqual([...lost].sort());
    await shop.idle();
    await shop.expectFetchable(await shop.settled(image.id, "ready"));
    expect((await shop.phases(image.productId)).slice(0, 3)).toEqual(["base_insert", "thumbnails_ready", "repair"]);
    expect(await bodyOf(await repair(image.id), 200)).toEqual({ missing: [] });
  });

  it("said by many at once is one repair", async () => {
    const image = await shop.newReadyPhoto();
    const { thumbnails } = await shop.sql.photo(image.id);
    await shop.foundation.store.delete(thumbnails?.desktop ?? "");
    const answers = await Promise.all(Array.from({ length: 8 }, () => repair(image.id)));
    expect(answers.map(({ status }) => status)).toContain(202);
    expect(answers.every(({ status }) => status === 200 || status === 202)).toBe(true);
    await shop.idle();
    await shop.expectFetchable(await shop.settled(image.id, "ready"));
    expect((await shop.phases(image.productId)).filter((phase) => phase === "repair")).toHaveLength(1);
  });

  it("tries anew what failed, and says so; what is to have no thumbnails is well as it is", async () => {
    const { productId } = await shop.newReadyPhoto();
    const second = await shop.addPhoto(productId);
    expect(await bodyOf(await repair(second.id), 200)).toEqual({ missing: [] });
    const product = await shop.newProduct();
    const whole = await photo("png", 300, 200);
    const { id } = await shop.addPhoto(product.id, whole.subarray(0, whole.length / 2));
    await shop.settled(id, "failed");
    expect(await bodyOf(await repair(id), 202)).toEqual({ missing: [] });
    await shop.idle();
    expect((await shop.settled(id, "failed")).history.filter(({ phase }) => phase === "started")).toHaveLength(2);
  });

  it("is limited per caller, and tells when to come back; others are not kept waiting", async () => {
    const { id } = await shop.newReadyPhoto();
    const caller = { role: "warehouse" } as const;
    const answers = await Promise.all(Array.from({ length: 60 }, () => repair(id, caller)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    const [first] = refused;
    if (first === undefined) throw new Error("nobody was refused");
    expect(Number(first.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(first.headers.get("ratelimit")).toMatch(/^"image-repair";r=0;t=\d+$/);
    await problemOf(first, 429, "RATE_LIMITED");
    expect((await repair(id, sales)).status).toBe(200);
  });
});

describe("GET /v1/thumbnails/metrics", () => {
  it("counts attempts and their ends, and how long desktop took, per day of the shop", async () => {
    const today = async () => {
      const { items } = await shop.ask(sales, "GET", "/v1/thumbnails/metrics?days=2", 200);
      return (items as Record<string, number>[])[0];
    };
    const before = await today();
    await shop.newReadyPhoto();
    const after = await today();
    expect(after).toMatchObject({
      day: new Intl.DateTimeFormat("sv", { timeZone: shop.foundation.config.shopTimeZone }).format(new Date()),
      attempts: (before?.attempts ?? 0) + 1,
      success: (before?.success ?? 0) + 1,
      failed: before?.failed ?? 0,
      missed: 0,
    });
    expect(after?.timeToDesktopP95Ms).toBeGreaterThanOrEqual(after?.timeToDesktopP50Ms ?? Number.NaN);
    for (const query of ["days=0", "days=367", "days=x"]) {
      await problemOf(
        await shop.app.request(admin, "GET", `/v1/thumbnails/metrics?${query}`),
        400,
        "VALIDATION_FAILED",
      );
    }
  });
});
