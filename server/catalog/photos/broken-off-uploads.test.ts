import { randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type HttpServer, serve } from "../../foundation/http/server.ts";
import { testLogger } from "../../testing/test-database.ts";
import { orphanObjects } from "../audits/orphan-objects.ts";
import { admin, eventually, openShop, photo, type Shop } from "../catalog.testing.ts";
import { catalogSchedules } from "../schedules.ts";
import { orphanGraceHours } from "../settings.ts";
import { uploadsFolder } from "./original.ts";

let shop: Shop;
let server: HttpServer;

beforeAll(async () => {
  shop = await openShop();
  server = await serve({ app: shop.app.app, host: "127.0.0.1", port: 0, log: testLogger(), drainTimeoutMs: 100 });
});
afterAll(async () => {
  await server.close();
  await shop.close();
});

/** A whole upload as it is on the wire. */
async function uploadRequest(productId: string): Promise<{ readonly bytes: Buffer; readonly headBytes: number }> {
  const boundary = "----bodega";
  const body = Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n`),
    await photo("png", 800, 600),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const head = Buffer.from(
    [
      `POST /v1/products/${productId}/images HTTP/1.1`,
      "Host: shop",
      `Authorization: Bearer ${await shop.app.tokenFor(admin)}`,
      `Content-Type: multipart/form-data; boundary=${boundary}`,
      `Content-Length: ${body.length}`,
      "",
      "",
    ].join("\r\n"),
  );
  return { bytes: Buffer.concat([head, body]), headBytes: head.length };
}

async function dial() {
  const socket = connect(server.port, "127.0.0.1");
  socket.on("error", () => socket.destroy());
  await once(socket, "connect");
  return socket;
}

it("a tab closed right after 201 has its thumbnails all the same", async () => {
  const product = await shop.newProduct();
  const { bytes } = await uploadRequest(product.id);
  const socket = await dial();
  socket.write(bytes);
  const [answer] = await once(socket, "data");
  socket.destroy();
  expect(String(answer)).toMatch(/^HTTP\/1\.1 201 /);
  const [image] = await shop.productImages(product.id);
  await shop.expectFetchable(await shop.settled(image?.id ?? "", "ready"));
});

it("a tab closed before the answer leaves the photo with its thumbnails, or nothing", async () => {
  const product = await shop.newProduct();
  const { bytes } = await uploadRequest(product.id);
  const socket = await dial();
  socket.end(bytes, () => socket.destroy());
  await once(socket, "close");
  await eventually("the upload to be over", async () => (await shop.arriving()).length === 0);
  const images = await eventually("rows and objects to agree", async () => {
    const rows = await shop.productImages(product.id);
    const originals = (await shop.objects(product.id)).filter((key) => key.includes("/original-"));
    return rows.length === originals.length && { rows };
  });
  for (const { id } of images.rows) await shop.settled(id, "ready");
});

it("an upload cut at any byte leaves no row, no object after the sweep, no file on the disk", async () => {
  const product = await shop.newProduct();
  const { bytes, headBytes } = await uploadRequest(product.id);
  const cuts = [0, 1, 60, 95, 96, bytes.length - headBytes - 1].concat(
    Array.from({ length: 14 }, () => randomInt(bytes.length - headBytes)),
  );
  await Promise.all(
    cuts.map(async (cut) => {
      const socket = await dial();
      socket.write(bytes.subarray(0, headBytes + cut));
      // So that the server has begun to read it.
      await new Promise((resolve) => setTimeout(resolve, randomInt(20)));
      socket.destroy();
    }),
  );
  await eventually("every upload to be given up", async () => (await shop.arriving()).length === 0);
  await shop.set(orphanGraceHours, 0);
  await shop.runAudit(orphanObjects);
  await shop.set(orphanGraceHours, orphanGraceHours.fallback);
  expect([await shop.productImages(product.id), await shop.objects(product.id)]).toEqual([[], []]);
});

it("what a killed process left where uploads arrive is removed, and what is under way is not", async () => {
  const folder = uploadsFolder(shop.foundation);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "left"), "half a photo");
  await writeFile(join(folder, "arriving"), "half a photo");
  const yesterday = new Date(Date.now() - 86_400_000);
  await utimes(join(folder, "left"), yesterday, yesterday);
  const retention = catalogSchedules.find(({ name }) => name === "catalog_retention");
  const report = await retention?.run({
    foundation: shop.foundation,
    signal: AbortSignal.timeout(10_000),
    scheduledAt: new Date(),
    log: testLogger(),
  });
  expect(report).toMatchObject({ abandonedUploads: 1 });
  expect(await readdir(folder)).toEqual(["arriving"]);
});
