import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type S3Server, startS3Server } from "../../testing/s3-server.ts";
import { describeObjectStore } from "./object-store.contract.testing.ts";
import { S3ObjectStore, type S3ObjectStoreOptions } from "./s3-object-store.ts";

describeObjectStore("an S3 bucket as object store", async () => {
  const server = await startS3Server();
  return {
    store: storeAt(server),
    everything: async () => [...server.objects.keys()].toSorted(),
    seed: async (keys) => {
      const now = new Date();
      for (const key of keys) {
        const bytes = Buffer.from("x");
        server.objects.set(key, { bytes, contentType: "text/plain", cacheControl: null, etag: '"x"', modifiedAt: now });
      }
    },
    close: () => server.close(),
  };
});

describe("an S3 bucket", () => {
  let server: S3Server;

  beforeAll(async () => {
    server = await startS3Server();
  });
  afterAll(() => server.close());
  afterEach(() => {
    server.faults.clear();
    server.locked.clear();
    server.objects.clear();
  });

  const put = (store: S3ObjectStore, key: string, bytes = Buffer.from("x")) =>
    store.put(key, bytes, { contentType: "text/plain" });

  test("keeps type and cache rules for those who fetch from it directly", async () => {
    await storeAt(server).put("a.jpg", Buffer.from("x"), { contentType: "image/jpeg" });
    expect(server.objects.get("a.jpg")).toMatchObject({
      contentType: "image/jpeg",
      cacheControl: "public, max-age=31536000, immutable",
    });
  });

  test("gives addresses that anyone can fetch from until their end, and no other object by them", async () => {
    const store = storeAt(server);
    await put(store, "stories/a/cover.txt", Buffer.from("once upon a time"));
    await put(store, "stories/b/cover.txt");
    const expiresAt = new Date(Date.now() + 3_500_000);
    const url = await store.signedUrl("stories/a/cover.txt", { expiresAt });
    expect(url).toBe(await store.signedUrl("stories/a/cover.txt", { expiresAt }));
    const answer = await fetch(url);
    expect([answer.status, await answer.text()]).toEqual([200, "once upon a time"]);
    const statusOf = async (address: string) => {
      const refused = await fetch(address);
      await refused.arrayBuffer();
      return refused.status;
    };
    expect(await statusOf(url.replace("stories/a/", "stories/b/"))).toBe(403);
    expect(await statusOf(url.split("?")[0] ?? "")).toBe(403);
    expect(await statusOf(url.replace(/X-Amz-Expires=\d+/, "X-Amz-Expires=99999"))).toBe(403);
    const named = await store.signedUrl("stories/a/cover.txt", { expiresAt, fileName: "cuento.txt" });
    expect(new URL(named).searchParams.get("response-content-disposition")).toBe('attachment; filename="cuento.txt"');
    const past = await store.signedUrl("stories/a/cover.txt", { expiresAt: new Date(Date.now() - 1_000) });
    expect(await statusOf(past)).toBe(403);
  });

  test("that answers 500, 503 or 429 is a transient fault, tried once", async () => {
    const store = storeAt(server);
    for (const status of [500, 503, 429]) {
      server.faults.fail({ status, times: 1 });
      const before = server.requests.get("PutObject") ?? 0;
      await expect(put(store, "a.txt")).rejects.toMatchObject({ name: "StoreError", kind: "transient", key: "a.txt" });
      expect((server.requests.get("PutObject") ?? 0) - before).toBe(1);
      server.faults.fail({ status, times: 1 });
      await expect(store.head("a.txt")).rejects.toMatchObject({ kind: "transient" });
    }
    expect(server.objects.size).toBe(0);
  });

  test("that does not answer is a transient fault once the time is up", async () => {
    const store = storeAt(server, { timeoutMs: 50 });
    server.faults.hang();
    const transient = {
      name: "StoreError",
      kind: "transient",
      message: expect.stringContaining("did not answer within"),
    };
    await expect(put(store, "a.txt")).rejects.toMatchObject(transient);
    await expect(store.head("a.txt")).rejects.toMatchObject(transient);
    await expect(store.get("a.txt", { bytesMax: 256 * 1024 * 1024 })).rejects.toMatchObject(transient);
    await expect(store.stream("a.txt")).rejects.toMatchObject(transient);
    await expect(store.delete("a.txt")).rejects.toMatchObject(transient);
    await expect(store.list("a/")).rejects.toMatchObject(transient);
  });

  test("that does not answer lets go as soon as the caller aborts", async () => {
    server.faults.hang();
    const aborted = new AbortController();
    const head = storeAt(server).head("a.txt", aborted.signal);
    const reason = new Error("no longer wanted");
    aborted.abort(reason);
    await expect(head).rejects.toBe(reason);
  });

  test("that says yes to a put and loses the object is caught before the put returns", async () => {
    server.faults.lose({ times: 1 });
    await expect(put(storeAt(server), "a.txt")).rejects.toMatchObject({
      name: "StoreError",
      kind: "transient",
      message: "The server took 1 bytes for a.txt, but has nothing there.",
    });
  });

  test("that cuts an answer in the middle is a transient fault, never a short object", async () => {
    const store = storeAt(server);
    await put(store, "a.txt", randomBytes(1_000_000));
    server.faults.cut();
    await expect(store.get("a.txt", { bytesMax: 1_000_000 })).rejects.toMatchObject({ kind: "transient" });
    const reader = (await store.stream("a.txt")).getReader();
    const read = async () => {
      while (!(await reader.read()).done);
    };
    await expect(read()).rejects.toMatchObject({ name: "StoreError", kind: "transient" });
  });

  test("that nobody serves is a transient fault", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const address = closed.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    closed.close();
    await once(closed, "close");
    const store = storeAt(server, { endpoint: `http://127.0.0.1:${port}` });
    await expect(store.head("a.txt")).rejects.toMatchObject({
      kind: "transient",
      message: expect.stringContaining("could not be reached, or was lost (ECONNREFUSED)"),
    });
  });

  test("that refuses the credentials is a permanent fault, told clearly and without the secret", async () => {
    const wrongSecret = "wrong-secret";
    const wrong = storeAt(server, { secretAccessKey: wrongSecret });
    const failure = await put(wrong, "a.txt").catch((error: unknown) => error);
    expect(failure).toMatchObject({
      kind: "permanent",
      message:
        "Could not write a.txt: the secret access key does not belong to the access key (SignatureDoesNotMatch).",
    });
    expect(String(failure)).not.toContain(wrongSecret);
    await expect(wrong.head("a.txt")).rejects.toMatchObject({
      kind: "permanent",
      message: expect.stringContaining("look at the access key, its secret and its permissions (403)"),
    });
    await expect(put(storeAt(server, { accessKeyId: "NOBODY" }), "a.txt")).rejects.toMatchObject({
      kind: "permanent",
      message: expect.stringContaining("does not know this access key"),
    });
    expect(server.objects.size).toBe(0);
  });

  test("that is not there, or is elsewhere, is a permanent fault, told clearly", async () => {
    await expect(put(storeAt(server, { bucket: "other" }), "a.txt")).rejects.toMatchObject({
      kind: "permanent",
      message: "Could not write a.txt: there is no such bucket (NoSuchBucket).",
    });
    await expect(put(storeAt(server, { region: "us-west-1" }), "a.txt")).rejects.toMatchObject({
      kind: "permanent",
      message: expect.stringContaining("another region"),
    });
  });

  test("that keeps some objects of a prefix back: the others go, and the error names those that stayed", async () => {
    const store = storeAt(server);
    for (const name of ["a", "b", "c"]) await put(store, `p/${name}.txt`);
    server.locked.add("p/b.txt");
    await expect(store.deletePrefix("p/")).rejects.toMatchObject({
      name: "StoreError",
      kind: "permanent",
      key: "p/",
      message: expect.stringMatching(
        /Removed 2 objects under p\/, but 1 stayed\. Could not remove p\/b\.txt \(AccessDenied\)/,
      ),
    });
    expect([...server.objects.keys()]).toEqual(["p/b.txt"]);
  });

  test("removes a thousand objects by one request", async () => {
    const store = storeAt(server);
    await put(store, "p/0.txt");
    const object = server.objects.get("p/0.txt");
    if (object === undefined) throw new Error("The object is not there.");
    for (let number = 1; number < 2500; number++) server.objects.set(`p/${number}.txt`, object);
    const before = server.requests.get("DeleteObjects") ?? 0;
    expect(await store.deletePrefix("p/")).toBe(2500);
    expect((server.requests.get("DeleteObjects") ?? 0) - before).toBe(3);
  });

  test("shows nothing that others put there under names that are not keys", async () => {
    const store = storeAt(server);
    await put(store, "p/a.txt");
    const object = server.objects.get("p/a.txt");
    if (object === undefined) throw new Error("The object is not there.");
    for (const name of ["p/", "p/folder/", "p/with space & <more>.txt"]) server.objects.set(name, object);
    expect((await store.list("p/")).objects.map(({ key }) => key)).toEqual(["p/a.txt"]);
  });

  test("takes no stream that is larger than the bound", async () => {
    const store = storeAt(server, { putBytesMax: 1000 });
    await expect(put(store, "a.txt", randomBytes(1001))).rejects.toMatchObject({ kind: "permanent" });
    expect((await put(store, "a.txt", randomBytes(1000))).sizeBytes).toBe(1000);
  });

  test("says where it is, without its secrets", () => {
    const endpoint = server.url.replace("http://", "http://user:password@");
    expect(storeAt(server, { endpoint }).description).toBe(`s3 ${server.url} bodega-test`);
    expect(storeAt(server, { endpoint: undefined }).description).toBe(
      "s3 https://s3.eu-south-2.amazonaws.com bodega-test",
    );
  });

  test("gives addresses under the public address when there is one", () => {
    expect(storeAt(server, { publicMediaUrl: "https://cdn.example.com" }).url("a.jpg")).toBe(
      "https://cdn.example.com/a.jpg",
    );
  });
});

function storeAt(server: S3Server, options: Partial<S3ObjectStoreOptions> = {}): S3ObjectStore {
  return new S3ObjectStore({
    endpoint: server.url,
    region: server.region,
    bucket: server.bucket,
    ...server.credentials,
    forcePathStyle: true,
    publicMediaUrl: null,
    ...options,
  });
}
