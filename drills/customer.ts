import { z } from "zod";
import { History, type Operation, type Reply } from "./history.ts";
import type { Photo } from "./photos.ts";
import { admin, type Shop } from "./shop.ts";

const answerTimeoutMs = 60_000;
/** Tokens are good for 15 minutes. */
const tokenKeptMs = 10 * 60_000;

const createdSchema = z.object({ id: z.uuid() });
const uploadedSchema = z.object({ image: z.object({ id: z.uuid(), position: z.int() }) });
const imageSchema = z.object({
  id: z.uuid(),
  position: z.int(),
  sha256: z.string(),
  thumbnailState: z.string(),
  thumbnailSignature: z.string().nullable(),
  thumbnailUrl: z.string().nullable(),
  thumbnails: z.record(z.string(), z.string()).nullable(),
});
export type SeenImage = z.infer<typeof imageSchema>;
const productSchema = z.object({ id: z.uuid(), imagesRevision: z.int(), images: z.array(imageSchema) });
export type SeenProduct = z.infer<typeof productSchema>;

/** One entry of a new list of photos: one that stays, or a file under a name of its own. */
export type Wanted = { readonly id: string } | { readonly photo: Photo; readonly fileName?: string };

/** Asks the shop over HTTP as its administrator, and writes every change that was asked for into a history. */
export class Customer {
  readonly history = new History();
  readonly #shop: Shop;
  #token: { readonly text: Promise<string>; readonly since: number } | null = null;
  #products = 0;
  #turn = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  /** A product that is there for certain; what a drill begins with. */
  async newProduct(): Promise<string> {
    const operation = await this.history.settle(await this.createProduct(), answerTimeoutMs);
    if (operation.outcome !== "ok") throw new Error(`A product was refused: ${operation.reason}`);
    return createdSchema.parse(operation.body).id;
  }

  createProduct(): Promise<Operation> {
    this.#products += 1;
    const body = JSON.stringify({ sku: `DRILL-${this.#products}`, name: `Drilled product ${this.#products}` });
    return this.history.perform({
      what: "create product",
      attempt: (key) => this.#change("POST", "/v1/products", key, body),
    });
  }

  upload(productId: string, photo: Photo): Promise<Operation> {
    return this.history.perform({
      what: "upload",
      productId,
      sha256: photo.sha256,
      attempt: (key) => this.sendUpload(productId, photo, key),
    });
  }

  /** One try of an upload, for whoever writes the history of it themselves. */
  sendUpload(productId: string, photo: Photo, key: string): Promise<Reply> {
    return this.#change("POST", `/v1/products/${productId}/images`, key, uploadForm(photo));
  }

  replace(productId: string, wanted: readonly Wanted[]): Promise<Operation> {
    return this.history.perform({
      what: "replace",
      productId,
      attempt: (key) => this.#change("PUT", `/v1/products/${productId}/images`, key, replacementForm(wanted)),
    });
  }

  reorder(productId: string, ids: readonly string[]): Promise<Operation> {
    return this.history.perform({
      what: "reorder",
      productId,
      attempt: (key) => this.#change("PATCH", `/v1/products/${productId}/images/order`, key, JSON.stringify({ ids })),
    });
  }

  remove(productId: string, imageId: string): Promise<Operation> {
    return this.history.perform({
      what: "remove",
      productId,
      attempt: (key) => this.#change("DELETE", `/v1/images/${imageId}`, key, undefined),
    });
  }

  repair(imageId: string): Promise<Operation> {
    return this.history.perform({
      what: "repair",
      attempt: (key) => this.#change("POST", `/v1/images/${imageId}/repair`, key, undefined),
    });
  }

  async product(productId: string): Promise<SeenProduct> {
    const answer = await this.fetch(`/v1/products/${productId}`);
    if (answer.status !== 200) throw new Error(`Reading a product was answered ${answer.status}.`);
    return productSchema.parse(await answer.json());
  }

  /** A request with the administrator's token, to the next api process that runs. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(new URL(path, this.nextApi()), {
      ...init,
      headers: { authorization: `Bearer ${await this.token()}`, ...init.headers },
      signal: init.signal ?? AbortSignal.timeout(answerTimeoutMs),
    });
  }

  /** The api processes take turns; one that was killed is left out, as a load balancer would. */
  nextApi(): string {
    const running = this.#shop.apis.filter((api) => api.isRunning);
    const among = running.length === 0 ? this.#shop.apis : running;
    this.#turn += 1;
    const api = among[this.#turn % among.length];
    if (api === undefined) throw new Error("The shop has no api process.");
    return api.url;
  }

  /** Kept for a while; one that could not be had is asked for anew the next time. */
  async token(): Promise<string> {
    if (this.#token === null || performance.now() - this.#token.since > tokenKeptMs) {
      this.#token = { text: signIn(this.nextApi()), since: performance.now() };
    }
    const asked = this.#token;
    try {
      return await asked.text;
    } catch (error) {
      if (this.#token === asked) this.#token = null;
      throw error;
    }
  }

  async #change(method: string, path: string, key: string, body: string | FormData | undefined): Promise<Reply> {
    const answer = await this.fetch(path, {
      method,
      headers: { "idempotency-key": key, ...(typeof body === "string" && { "content-type": "application/json" }) },
      ...(body !== undefined && { body }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text === "" ? null : JSON.parse(text),
      isReplayed: answer.headers.get("idempotency-replayed") === "true",
    };
  }
}

/** Which photo an upload that is `ok` made; null for any other. */
export function imageMadeBy(operation: Operation): { readonly id: string; readonly position: number } | null {
  if (operation.what !== "upload" || operation.outcome !== "ok") return null;
  return uploadedSchema.parse(operation.body).image;
}

/** The photos that a change of the list, or a read, answered with. */
export function imagesIn(body: unknown): readonly SeenImage[] {
  return z.object({ images: z.array(imageSchema) }).parse(body).images;
}

export function uploadForm(photo: Photo): FormData {
  const form = new FormData();
  form.set("file", blobOf(photo), photo.name);
  return form;
}

function replacementForm(wanted: readonly Wanted[]): FormData {
  const form = new FormData();
  const order = wanted.map((entry, index) => ("id" in entry ? { id: entry.id } : { file: `file${index}` }));
  form.set("order", JSON.stringify(order));
  for (const [index, entry] of wanted.entries()) {
    if ("photo" in entry) form.set(`file${index}`, blobOf(entry.photo), entry.fileName ?? entry.photo.name);
  }
  return form;
}

function blobOf({ bytes, mimeType }: Photo): Blob {
  return new Blob([new Uint8Array(bytes)], { type: mimeType });
}

async function signIn(url: string): Promise<string> {
  const signal = AbortSignal.timeout(answerTimeoutMs);
  const signedIn = await fetch(new URL("/auth/sign-in/email", url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(admin),
    signal,
  });
  if (signedIn.status !== 200) throw new Error(`Signing in was answered ${signedIn.status}: ${await signedIn.text()}`);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  const answer = await fetch(new URL("/auth/token", url), { headers: { cookie }, signal });
  return z.object({ token: z.string() }).parse(await answer.json()).token;
}
