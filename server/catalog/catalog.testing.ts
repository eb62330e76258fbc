import { randomInt, randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import sharp from "sharp";
import { expect } from "vitest";
import { z } from "zod";
import type { Audit, AuditReport, SettingDefinition } from "../foundation/module.ts";
import type { S3Server } from "../testing/s3-server.ts";
import { type TestApplication, type TestCaller, testApplication } from "../testing/test-application.ts";
import { testLogger } from "../testing/test-database.ts";
import { Photos } from "./database/photos.testing.ts";
import { uploadsFolder } from "./photos/original.ts";
import { type Image, imageWithHistorySchema, type Product } from "./schemas.ts";

export const admin = { role: "admin" } as const satisfies TestCaller;
export const warehouse = { role: "warehouse" } as const satisfies TestCaller;
export const sales = { role: "sales" } as const satisfies TestCaller;

export type ImageWithHistory = z.infer<typeof imageWithHistorySchema>;

/** What is sent in a form: a text, or bytes as a file. */
export type FormPart = string | Uint8Array | { readonly bytes: Uint8Array; readonly name: string };

/** A shop with its worker at work, and the ways that tests take through its catalogue. */
export class Shop {
  readonly app: TestApplication;
  /** The database's own functions and what they left. */
  readonly sql: Photos;

  constructor(app: TestApplication) {
    this.app = app;
    this.sql = new Photos(app.database);
  }

  get foundation() {
    return this.app.foundation;
  }

  close = (): Promise<void> => this.app.close();

  /** Asks as JSON, checks the status, answers the body. */
  async ask(
    caller: TestCaller | null,
    method: string,
    path: string,
    status: number,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Record<string, unknown>> {
    return bodyOf(await this.app.request(caller, method, path, body, headers), status);
  }

  /** Sends a form. `app.request` gives it to the server as the socket would. */
  async send(
    caller: TestCaller,
    method: "POST" | "PUT",
    path: string,
    parts: readonly (readonly [name: string, part: FormPart])[],
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const authorization = `Bearer ${await this.app.tokenFor(caller)}`;
    return this.app.app.request(path, { method, body: formOf(parts), headers: { authorization, ...headers } });
  }

  async newProduct(fields: Readonly<Record<string, unknown>> = {}, caller: TestCaller = admin): Promise<Product> {
    const product = { sku: `sku-${randomUUID()}`, name: "Galletas de avena", ...fields };
    return (await this.ask(caller, "POST", "/v1/products", 201, product)) as unknown as Product;
  }

  /** Appends a photo, a new one unless bytes are given; checks that it was taken. */
  async addPhoto(productId: string, bytes?: Uint8Array): Promise<Image> {
    const answer = await this.send(admin, "POST", `/v1/products/${productId}/images`, [
      ["file", bytes ?? (await photo())],
    ]);
    return (await bodyOf(answer, 201)).image as Image;
  }

  /** A product with one photo that has all its thumbnails. */
  async newReadyPhoto(bytes?: Uint8Array): Promise<ImageWithHistory> {
    const product = await this.newProduct();
    const { id } = await this.addPhoto(product.id, bytes);
    return this.settled(id, "ready");
  }

  async image(imageId: string): Promise<ImageWithHistory> {
    return imageWithHistorySchema.parse(await this.ask(admin, "GET", `/v1/images/${imageId}`, 200));
  }

  async productImages(productId: string): Promise<readonly Image[]> {
    return (await this.ask(admin, "GET", `/v1/products/${productId}`, 200)).images as readonly Image[];
  }

  /** Follows a photo until it is in `state` and its job is closed, as the web does. */
  async settled(imageId: string, state: string): Promise<ImageWithHistory> {
    return eventually(`photo ${imageId} to be ${state}`, async () => {
      const image = await this.image(imageId);
      const isClosed = image.job === null || !["queued", "processing"].includes(image.job.status);
      return image.thumbnailState === state && isClosed ? image : null;
    });
  }

  /** Until the queue has nothing that may run now. */
  async idle(): Promise<void> {
    await eventually("the queue to be idle", async () => {
      const due = await this.sql.value<number>(
        "select count(*)::int as value from graphile_worker.jobs where run_at <= now() and attempts < max_attempts",
      );
      return due === 0;
    });
  }

  async set<Value>(definition: SettingDefinition<Value>, value: Value): Promise<void> {
    await this.foundation.settings.set(definition, value, {
      userId: "test",
      role: "admin",
      supplierId: null,
      email: null,
    });
  }

  runAudit(audit: Audit, options: { readonly repair?: boolean; readonly full?: boolean } = {}): Promise<AuditReport> {
    const { repair = true, full = true } = options;
    return audit.run({
      foundation: this.foundation,
      signal: AbortSignal.timeout(30_000),
      log: testLogger(),
      repair,
      full,
    });
  }

  /** Keys of all the objects of a product. */
  async objects(productId: string): Promise<readonly string[]> {
    return (await this.foundation.store.list(`products/${productId}/`)).objects.map(({ key }) => key);
  }

  /** Files that lie where uploads arrive. */
  async arriving(): Promise<readonly string[]> {
    return readdir(uploadsFolder(this.foundation)).catch(() => []);
  }

  /** Every address of the photo can be fetched as it stands. */
  async expectFetchable(image: Image): Promise<void> {
    for (const address of [image.url, ...Object.values(image.thumbnails ?? {})]) {
      const answer = await this.app.app.request(address ?? "");
      expect([address, answer.status]).toEqual([address, 200]);
      await answer.arrayBuffer();
    }
  }

  /** Lets a photo be older than it is, for sweeps that leave what is fresh alone; past the triggers. */
  async age(imageId: string, interval = "10 minutes"): Promise<void> {
    await this.pastTriggers(
      `update catalog.product_images set
        state_changed_at = state_changed_at - $2::interval, updated_at = updated_at - $2::interval
      where id = $1`,
      [imageId, interval],
    );
  }

  /** Writes by hand what no function and no trigger would. */
  async pastTriggers(text: string, values: readonly unknown[]): Promise<void> {
    const client = await this.sql.pool.connect();
    try {
      await client.query("begin");
      await client.query("set local session_replication_role = replica");
      await client.query(text, [...values]);
      await client.query("commit");
    } finally {
      client.release();
    }
  }

  /** The phases that were told of a product, in order. */
  async phases(productId: string): Promise<readonly string[]> {
    return (await this.sql.events(productId)).map(({ phase }) => phase);
  }

  async incident(key: string): Promise<{ readonly state: string; readonly count: number } | undefined> {
    const [row] = await this.sql.rows<{ readonly state: string; readonly count: number }>(
      "select state, count from platform.incidents where key = $1 order by opened_at desc limit 1",
      [key],
    );
    return row;
  }
}

/** A shop with its worker; objects in a folder, or in `s3`. */
export async function openShop(
  options: {
    readonly background?: boolean;
    readonly s3?: S3Server;
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<Shop> {
  const { background = true, s3, environment = {} } = options;
  const store = s3 && {
    S3_ENDPOINT: s3.url,
    S3_REGION: s3.region,
    S3_BUCKET: s3.bucket,
    S3_ACCESS_KEY_ID: s3.credentials.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey,
    S3_FORCE_PATH_STYLE: "true",
  };
  return new Shop(await testApplication({ background, environment: { ...store, ...environment } }));
}

/** A small picture that nobody made before. */
export async function photo(
  format: "jpeg" | "png" | "webp" | "avif" | "gif" = "jpeg",
  width = 64,
  height = 48,
): Promise<Buffer> {
  const channel = () => randomInt(256);
  const colour = { r: channel(), g: channel(), b: channel() };
  const noise = Buffer.from(Array.from({ length: 4 * 4 * 3 }, channel));
  return sharp({ create: { width, height, channels: 3, background: colour } })
    .composite([{ input: noise, raw: { width: 4, height: 4, channels: 3 } }])
    .toFormat(format)
    .toBuffer();
}

export function formOf(parts: readonly (readonly [name: string, part: FormPart])[]): FormData {
  const form = new FormData();
  for (const [name, part] of parts) {
    if (typeof part === "string") form.append(name, part);
    else {
      const { bytes, name: fileName } = part instanceof Uint8Array ? { bytes: part, name: "photo.jpg" } : part;
      form.append(name, new Blob([new Uint8Array(bytes)], { type: "image/jpeg" }), fileName);
    }
  }
  return form;
}

/** Checks the status, with the body told where it is another; answers the JSON. */
export async function bodyOf(answer: Response, status: number): Promise<Record<string, unknown>> {
  const text = await answer.text();
  expect([answer.status, text.slice(0, 500)]).toEqual([status, expect.any(String)]);
  return text === "" ? {} : z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

/** Checks that a request was refused as RFC 9457 tells; answers the problem. */
export async function problemOf(answer: Response, status: number, code: string): Promise<Record<string, unknown>> {
  const body = await bodyOf(answer, status);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  expect(body).toMatchObject({ status, code, requestId: answer.headers.get("x-request-id") });
  return body;
}

/** Asks again until the answer is something, and says at the end what it was waiting for. */
export async function eventually<T>(what: string, ask: () => Promise<T | null | undefined | false>): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
