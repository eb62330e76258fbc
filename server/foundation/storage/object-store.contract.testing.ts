import { randomBytes, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ObjectStore } from "./object-store.ts";

export interface StoreUnderTest {
  readonly store: ObjectStore;
  /** Whatever lies in the store, finished or not, by any name: looked at from behind. */
  everything(): Promise<readonly string[]>;
  /** Puts objects of one byte there from behind: quickly, for tests that need many. */
  seed(keys: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** What every store promises, whichever it is. */
export function describeObjectStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let subject: StoreUnderTest;
    let store: ObjectStore;

    beforeAll(async () => {
      subject = await open();
      store = subject.store;
    });
    afterAll(() => subject.close());

    const leftovers = async (prefix: string) =>
      (await subject.everything()).filter((name) => name.startsWith(prefix) || name.startsWith(".incoming/"));

    test("gives back the bytes that were put, and says what they are", async () => {
      const key = `${place()}photo.jpg`;
      const bytes = randomBytes(1000);
      const put = await store.put(key, bytes, { contentType: "image/jpeg" });
      expect(put).toMatchObject({ key, sizeBytes: 1000, contentType: "image/jpeg" });
      expect(put.etag).toMatch(/^"[^"]+"$/);
      expect(Math.abs(put.modifiedAt.getTime() - Date.now())).toBeLessThan(60_000);
      expect(await store.head(key)).toEqual(put);
      expect(bytes.equals(await store.get(key, { bytesMax: 1000 }))).toBe(true);
    });

    test("keeps an object of no bytes", async () => {
      const key = `${place()}empty.txt`;
      await store.put(key, new Uint8Array(), { contentType: "text/plain" });
      expect((await store.head(key))?.sizeBytes).toBe(0);
      expect((await store.get(key, { bytesMax: 0 })).byteLength).toBe(0);
      expect((await collect(await store.stream(key))).byteLength).toBe(0);
    });

    test("takes a stream of 20 MiB in uneven pieces and gives it back as a stream", async () => {
      const key = `${place()}large.png`;
      const bytes = randomBytes(20 * 1024 * 1024);
      const put = await store.put(key, Readable.from(pieces(bytes, 100_003)), { contentType: "image/png" });
      expect(put.sizeBytes).toBe(bytes.byteLength);
      expect(bytes.equals(await collect(await store.stream(key)))).toBe(true);
    });

    test("streams the range that is asked for, both ends included", async () => {
      const key = `${place()}range.txt`;
      await store.put(key, Buffer.from("0123456789"), { contentType: "text/plain" });
      for (const range of [
        { start: 0, end: 0 },
        { start: 2, end: 5 },
        { start: 9, end: 9 },
        { start: 0, end: 9 },
      ]) {
        const text = Buffer.from(await collect(await store.stream(key, { range }))).toString();
        expect(text).toBe("0123456789".slice(range.start, range.end + 1));
      }
    });

    test("refuses a range that is not within the object", async () => {
      const key = `${place()}range.txt`;
      await store.put(key, Buffer.from("0123456789"), { contentType: "text/plain" });
      for (const range of [
        { start: 10, end: 12 },
        { start: 5, end: 10 },
      ]) {
        await expect(store.stream(key, { range })).rejects.toMatchObject({ name: "StoreError", kind: "permanent" });
      }
    });

    test("says that a missing object is missing", async () => {
      const key = `${place()}missing.jpg`;
      expect(await store.head(key)).toBeNull();
      await expect(store.get(key, { bytesMax: 10 })).rejects.toMatchObject({
        name: "StoreError",
        kind: "missing",
        key,
      });
      await expect(store.stream(key)).rejects.toMatchObject({ name: "StoreError", kind: "missing", key });
    });

    test("takes what lies above or below an object for missing, not for a fault", async () => {
      const prefix = place();
      await store.put(`${prefix}a/b.txt`, Buffer.from("b"), { contentType: "text/plain" });
      expect(await store.head(`${prefix}a`)).toBeNull();
      expect(await store.head(`${prefix}a/b.txt/c`)).toBeNull();
      await store.delete(`${prefix}a`);
      expect(await keysUnder(prefix)).toEqual([`${prefix}a/b.txt`]);
    });

    test("does not load an object that is larger than the caller bears", async () => {
      const key = `${place()}large.txt`;
      await store.put(key, Buffer.from("12345"), { contentType: "text/plain" });
      await expect(store.get(key, { bytesMax: 4 })).rejects.toMatchObject({ name: "StoreError", kind: "permanent" });
    });

    test("removes an object, and is content when there is none", async () => {
      const key = `${place()}gone.txt`;
      await store.put(key, Buffer.from("x"), { contentType: "text/plain" });
      await store.delete(key);
      await store.delete(key);
      expect(await store.head(key)).toBeNull();
    });

    test("lists in key order, page by page, nothing twice and nothing left out", async () => {
      const prefix = place();
      const names = [
        "a-b.txt",
        "a.txt",
        "a/x.txt",
        "a/y/z.txt",
        "a0.txt",
        "a_.txt",
        "B.txt",
        "b/1.txt",
        "b/10.txt",
        "b/2.txt",
      ];
      const keys = names.map((name) => `${prefix}${name}`);
      await Promise.all(keys.map((key) => store.put(key, Buffer.from(key), { contentType: "text/plain" })));
      const expected = keys.toSorted((a, b) => (a < b ? -1 : 1));
      for (const limit of [1, 3, names.length, 1000]) {
        const listed: string[] = [];
        let after: string | null = "";
        while (after !== null) {
          const page = await store.list(prefix, { after, limit });
          expect(page.objects.length).toBeLessThanOrEqual(limit);
          listed.push(...page.objects.map(({ key }) => key));
          after = page.nextAfter;
        }
        expect(listed).toEqual(expected);
      }
      const [first] = (await store.list(prefix, { limit: 1 })).objects;
      expect(first?.sizeBytes).toBe(expected[0]?.length);
      expect(first?.modifiedAt).toBeInstanceOf(Date);
    });

    test("goes on after a key that is no more", async () => {
      const prefix = place();
      for (const name of ["a/1.txt", "a/3.txt", "b.txt"]) {
        await store.put(`${prefix}${name}`, Buffer.from("x"), { contentType: "text/plain" });
      }
      const page = await store.list(prefix, { after: `${prefix}a/2.txt` });
      expect(page.objects.map(({ key }) => key)).toEqual([`${prefix}a/3.txt`, `${prefix}b.txt`]);
    });

    test("lists everything under the empty prefix, and nothing under a prefix without objects", async () => {
      const key = `${place()}one.txt`;
      await store.put(key, Buffer.from("x"), { contentType: "text/plain" });
      expect(await keysUnder("")).toContain(key);
      expect(await store.list(place())).toEqual({ objects: [], nextAfter: null });
    });

    test("never takes ab/ for a/", async () => {
      const prefix = place();
      for (const name of ["a/1.txt", "ab/1.txt", "a.txt"]) {
        await store.put(`${prefix}${name}`, Buffer.from("x"), { contentType: "text/plain" });
      }
      expect(await keysUnder(`${prefix}a/`)).toEqual([`${prefix}a/1.txt`]);
      expect(await store.deletePrefix(`${prefix}a/`)).toBe(1);
      expect(await keysUnder(prefix)).toEqual([`${prefix}a.txt`, `${prefix}ab/1.txt`]);
    });

    test("removes all under a prefix, also over several pages, and says how many", async () => {
      const prefix = place();
      const keys = Array.from({ length: 1100 }, (_, number) => `${prefix}${number % 7}/${number}.txt`);
      await subject.seed(keys);
      expect(await store.deletePrefix(prefix)).toBe(keys.length);
      expect(await leftovers(prefix)).toEqual([]);
      expect(await store.deletePrefix(prefix)).toBe(0);
    });

    test("refuses to list by half a name, and to remove everything", async () => {
      const invalid = { name: "StoreError", kind: "invalid-key" };
      for (const prefix of ["a", "/", "a//", "../", "a/../", ".incoming/"]) {
        await expect(store.list(prefix)).rejects.toMatchObject(invalid);
        await expect(store.deletePrefix(prefix)).rejects.toMatchObject(invalid);
      }
      await expect(store.deletePrefix("")).rejects.toMatchObject(invalid);
    });

    test("refuses every key that is not of our making, in every operation, and touches nothing", async () => {
      const before = await subject.everything();
      await fc.assert(
        fc.asyncProperty(escapingKey, async (key) => {
          const invalid = { name: "StoreError", kind: "invalid-key" };
          await expect(store.put(key, Buffer.from("x"), { contentType: "text/plain" })).rejects.toMatchObject(invalid);
          await expect(store.head(key)).rejects.toMatchObject(invalid);
          await expect(store.get(key, { bytesMax: 1 })).rejects.toMatchObject(invalid);
          await expect(store.stream(key)).rejects.toMatchObject(invalid);
          await expect(store.delete(key)).rejects.toMatchObject(invalid);
          expect(() => store.url(key)).toThrow(expect.objectContaining(invalid));
        }),
        { numRuns: 60 },
      );
      expect(await subject.everything()).toEqual(before);
    });

    test("refuses an object whose type is not what its key says", async () => {
      const key = `${place()}page.jpg`;
      const refusal = store.put(key, Buffer.from("<html>"), { contentType: "text/html" });
      await expect(refusal).rejects.toMatchObject({ name: "StoreError", kind: "invalid-key" });
      expect(await store.head(key)).toBeNull();
    });

    test("lets many put the same object at once", async () => {
      const key = `${place()}same.txt`;
      const bytes = randomBytes(100_000);
      const puts = Array.from({ length: 12 }, () => store.put(key, bytes, { contentType: "text/plain" }));
      for (const put of await Promise.all(puts)) expect(put.sizeBytes).toBe(bytes.byteLength);
      expect(bytes.equals(await store.get(key, { bytesMax: bytes.byteLength }))).toBe(true);
      expect(await leftovers(key)).toEqual([key]);
    });

    test("lets neighbours come and go at once", async () => {
      const prefix = place();
      const comeAndGo = async (number: number) => {
        const key = `${prefix}deep/folder/${number}.txt`;
        for (let round = 0; round < 15; round++) {
          await store.put(key, Buffer.from("x"), { contentType: "text/plain" });
          await store.delete(key);
        }
        await store.put(key, Buffer.from("x"), { contentType: "text/plain" });
      };
      await Promise.all([1, 2, 3, 4].map(comeAndGo));
      expect(await keysUnder(prefix)).toEqual([1, 2, 3, 4].map((number) => `${prefix}deep/folder/${number}.txt`));
    });

    test("passes on the error of a body that breaks off, and keeps nothing of it", async () => {
      const prefix = place();
      const fault = new Error("the uploader went away");
      const body = Readable.from(
        (async function* () {
          yield randomBytes(100_000);
          throw fault;
        })(),
      );
      await expect(store.put(`${prefix}broken.jpg`, body, { contentType: "image/jpeg" })).rejects.toBe(fault);
      expect(await leftovers(prefix)).toEqual([]);
    });

    test("ends a put when it is aborted, even while the body is silent, and keeps nothing of it", async () => {
      const prefix = place();
      const reason = new Error("no longer wanted");
      const aborted = new AbortController();
      let reads = 0;
      const body = new Readable({
        read() {
          if (reads++ === 0) this.push(randomBytes(100_000));
          else aborted.abort(reason);
        },
      });
      const put = store.put(`${prefix}aborted.jpg`, body, { contentType: "image/jpeg", signal: aborted.signal });
      await expect(put).rejects.toBe(reason);
      expect(await leftovers(prefix)).toEqual([]);
    });

    test("does nothing for a signal that is aborted already", async () => {
      const prefix = place();
      const key = `${prefix}kept.txt`;
      await store.put(key, Buffer.from("x"), { contentType: "text/plain" });
      const reason = new Error("no longer wanted");
      const signal = AbortSignal.abort(reason);
      await expect(store.put(`${prefix}b.txt`, Buffer.from("b"), { contentType: "text/plain", signal })).rejects.toBe(
        reason,
      );
      await expect(store.head(key, signal)).rejects.toBe(reason);
      await expect(store.get(key, { bytesMax: 1, signal })).rejects.toBe(reason);
      await expect(store.stream(key, { signal })).rejects.toBe(reason);
      await expect(store.delete(key, signal)).rejects.toBe(reason);
      await expect(store.list(prefix, { signal })).rejects.toBe(reason);
      await expect(store.deletePrefix(prefix, signal)).rejects.toBe(reason);
      expect(await leftovers(prefix)).toEqual([key]);
    });

    test("ends a stream when it is aborted", async () => {
      const key = `${place()}large.png`;
      await store.put(key, randomBytes(8 * 1024 * 1024), { contentType: "image/png" });
      const reason = new Error("no longer wanted");
      const aborted = new AbortController();
      const reader = (await store.stream(key, { signal: aborted.signal })).getReader();
      expect((await reader.read()).done).toBe(false);
      aborted.abort(reason);
      await expect(readToEnd(reader)).rejects.toBe(reason);
    });

    test("ends a stream when it is aborted before the first read", async () => {
      const key = `${place()}one.txt`;
      await store.put(key, Buffer.from("x"), { contentType: "text/plain" });
      const reason = new Error("no longer wanted");
      const aborted = new AbortController();
      const reader = (await store.stream(key, { signal: aborted.signal })).getReader();
      aborted.abort(reason);
      await expect(readToEnd(reader)).rejects.toBe(reason);
    });

    test("lets a reader leave in the middle", async () => {
      const key = `${place()}large.png`;
      await store.put(key, randomBytes(8 * 1024 * 1024), { contentType: "image/png" });
      const reader = (await store.stream(key)).getReader();
      await reader.read();
      await reader.cancel();
      expect((await store.head(key))?.sizeBytes).toBe(8 * 1024 * 1024);
    });

    test("gives addresses under the media route", () => {
      expect(store.url("products/1/a.jpg")).toBe("/media/products/1/a.jpg");
    });

    test("proves that it can be worked with, and leaves no trace of that", async () => {
      await store.probe();
      expect(await leftovers("probe/")).toEqual([]);
    });

    async function keysUnder(prefix: string): Promise<readonly string[]> {
      return (await store.list(prefix)).objects.map(({ key }) => key);
    }
  });
}

/** A prefix of the test's own. */
function place(): string {
  return `test/${randomUUID()}/`;
}

/** Keys that would lead elsewhere, or mean different things in a path, in a URL and in S3. */
const escapingKey = fc
  .oneof(
    fc.constantFrom(
      "",
      "/",
      "//",
      ".",
      "..",
      "a/",
      "/a",
      "a//b",
      "a/./b",
      "a/../b",
      "../a",
      "..\\a",
      ".incoming/a",
      "a/.b",
    ),
    fc.constantFrom(
      "a\0b",
      "C:\\a",
      "a/%2e%2e/b",
      "a?b",
      "a#b",
      "a b",
      "a/b.",
      "ñ",
      "a\n",
      "~/a",
      `a/${"b".repeat(256)}`,
      "a/".repeat(600),
    ),
    fc
      .array(fc.constantFrom("..", ".", "", "a", "%2e%2e", "..\\"), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.join("/")),
    fc.string({ maxLength: 40 }),
    fc.string({ unit: "binary", maxLength: 40 }),
  )
  .filter((key) => !/^(?!\.)[\w.-]*[\w-](\/(?!\.)[\w.-]*[\w-])*$/.test(key) || key.length > 200);

function* pieces(bytes: Buffer, sizeBytes: number): Generator<Buffer> {
  for (let from = 0; from < bytes.byteLength; from += sizeBytes) yield bytes.subarray(from, from + sizeBytes);
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function readToEnd(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  while (!(await reader.read()).done);
}
