import { readdir } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { Customer, uploadForm } from "./customer.ts";
import { count, type Drill } from "./drill.ts";
import { CutShort, type Operation, type Reply } from "./history.ts";
import { forEach, until, upTo } from "./patience.ts";
import type { Photo } from "./photos.ts";
import { listPhotos } from "./queries.ts";
import { inShop, type Shop } from "./shop.ts";
import { judge, untilQuiet } from "./verdict.ts";

const atOnce = 6;
const resolveMsMax = 60_000;
const exchangeMsMax = 60_000;
/** Cut so far before the end, a multipart body has not said that it ends. */
const tailBytes = 6;
/** Some KiB to some hundred: several pieces on their way. */
const look = { width: 800, height: 600, grain: 60 } as const;

/** Where the caller goes away: in the middle of the body, after the whole of it, or when the answer begins. */
type Leaving = { readonly when: "in the body"; readonly share: number } | { readonly when: "unanswered" | "answered" };

export const clientGone: Drill = {
  name: "client-gone",
  promise:
    "An upload cut off leaves nothing; one that was accepted gets its thumbnails, though nobody is there any more.",

  async run(context) {
    const { random, isQuick, tell } = context;
    const uploads = isQuick ? 20 : 200;
    const plan = upTo(uploads).map((): Leaving => {
      const chance = random.next();
      if (chance < 0.6) return { when: "in the body", share: random.next() };
      return { when: chance < 0.8 ? "unanswered" : "answered" };
    });
    const planned = (when: Leaving["when"]) => plan.filter((leaving) => leaving.when === when).length;
    tell(
      `${uploads} uploads: ${planned("in the body")} aborted at random bytes, ${planned("unanswered")} after the last`,
    );
    tell(`byte without waiting for the answer, ${planned("answered")} as soon as the answer begins`);

    return inShop({ apis: 1, workers: 1 }, context, async (shop) => {
      const customer = new Customer(shop);
      const { history } = customer;
      const photos = await shop.album.makeMany(uploads, look);
      const accepted: string[] = [];
      await forEach(plan.entries(), atOnce, async ([index, leaving]) => {
        const photo = photos[index];
        if (photo === undefined) return;
        const productId = await customer.newProduct();
        const status = await uploadAndLeave(customer, productId, photo, leaving);
        if (status === 201) accepted.push(photo.sha256);
      });
      // Nobody asks again until the shop has come to rest by itself.
      await untilQuiet(shop);
      const violations = await whatWasLeft(shop, accepted, history.operations);
      const unknown = await history.resolve(resolveMsMax);
      const judgement = await judge(shop, customer);
      const figures = [
        count("aborted in the body", planned("in the body")),
        count("gone at the answer 201", accepted.length),
        count("without an answer, resolved by their keys", unknown),
        ...judgement.figures,
      ];
      return { figures, violations: [...violations, ...judgement.violations] };
    });
  },
};

/** Uploads over a socket of its own and goes away as told; answers the status, if it was seen. */
async function uploadAndLeave(
  customer: Customer,
  productId: string,
  photo: Photo,
  leaving: Leaving,
): Promise<number | null> {
  let seen: number | null = null;
  let isFirst = true;
  await customer.history.perform({
    what: "upload",
    productId,
    sha256: photo.sha256,
    attempt: async (key): Promise<Reply> => {
      if (!isFirst) return customer.sendUpload(productId, photo, key);
      isFirst = false;
      seen = await sendAndLeave(customer, productId, photo, key, leaving);
      if (leaving.when === "in the body") throw new CutShort();
      throw new Error("The caller went away.");
    },
  });
  return seen;
}

async function sendAndLeave(
  customer: Customer,
  productId: string,
  photo: Photo,
  key: string,
  leaving: Leaving,
): Promise<number | null> {
  const encoded = new Response(uploadForm(photo));
  const body = Buffer.from(await encoded.arrayBuffer());
  const sending = request(new URL(`/v1/products/${productId}/images`, customer.nextApi()), {
    method: "POST",
    agent: false,
    timeout: exchangeMsMax,
    headers: {
      authorization: `Bearer ${await customer.token()}`,
      "content-type": encoded.headers.get("content-type") ?? "",
      "content-length": body.length,
      "idempotency-key": key,
    },
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  sending.once("timeout", () => reject(new Error("The shop did not answer an upload.")));
  // What the abort itself does to the socket is no news.
  sending.on("error", () => resolve(null));
  sending.once("response", (answer) => {
    resolve(answer.statusCode ?? null);
    answer.destroy();
  });
  const sizeBytes =
    leaving.when === "in the body" ? Math.floor((body.length - tailBytes) * leaving.share) : body.length;
  sending.write(body.subarray(0, sizeBytes), () => {
    if (leaving.when === "answered") return;
    sending.destroy();
    resolve(null);
  });
  try {
    return await promise;
  } finally {
    sending.destroy();
  }
}

/** Before anybody asks again: what was answered is there and ready, what was cut is not, and no file is left behind. */
async function whatWasLeft(
  shop: Shop,
  accepted: readonly string[],
  operations: readonly Operation[],
): Promise<string[]> {
  const rows = new Map((await listPhotos(shop.database.db)).map((photo) => [photo.sha256, photo]));
  const faults: string[] = [];
  for (const sha256 of accepted) {
    const state = rows.get(sha256)?.state ?? "not there";
    if (state !== "ready") faults.push(`an upload was answered 201, and its photo is ${state}`);
  }
  for (const { outcome, sha256, number } of operations) {
    if (outcome === "failed" && sha256 !== null && rows.has(sha256)) {
      faults.push(`upload ${number} was cut before its end, and its photo is there`);
    }
    if (outcome === "ok" && sha256 !== null) faults.push(`upload ${number} should not be known to have ended well`);
  }
  const uploads = join(shop.dataDir, "uploads");
  await until("the folder of uploads was empty", 10_000, async () => (await readdir(uploads)).length === 0).catch(
    (error: Error) => faults.push(`files of uploads were left behind: ${error.message}`),
  );
  return faults;
}
