import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { storeErrorOfFilesystem } from "./filesystem-error.ts";
import { FolderObjectStore } from "./folder-object-store.ts";
import { describeObjectStore } from "./object-store.contract.testing.ts";

describeObjectStore("a folder as object store", async () => {
  const root = await mkdtemp(join(tmpdir(), "bodega-objects-"));
  return {
    store: new FolderObjectStore({ root, publicMediaUrl: null }),
    everything: () => filesUnder(root),
    seed: async (keys) => {
      for (const key of keys) {
        await mkdir(dirname(join(root, key)), { recursive: true });
        await writeFile(join(root, key), "x");
      }
    },
    close: () => rm(root, { recursive: true }),
  };
});

describe("a folder", () => {
  let base: string;
  let root: string;
  let store: FolderObjectStore;

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), "bodega-objects-"));
    root = join(base, "data", "objects");
    store = new FolderObjectStore({ root, publicMediaUrl: null });
  });
  afterEach(() => rm(base, { recursive: true }));

  const put = (key: string, text = "x") => store.put(key, Buffer.from(text), { contentType: "text/plain" });

  test("is made when it is not there", async () => {
    await put("a/b.txt", "hello");
    expect(await readFile(join(root, "a", "b.txt"), "utf8")).toBe("hello");
  });

  test("is left without empty folders when its objects go", async () => {
    await put("a/b/c.txt");
    await put("a/d.txt");
    await store.delete("a/b/c.txt");
    expect(await readdir(join(root, "a"))).toEqual(["d.txt"]);
    await store.delete("a/d.txt");
    expect(await readdir(root)).toEqual([".incoming"]);
  });

  test("gives an object another etag only when it is written anew", async () => {
    const first = await put("a.txt");
    expect((await store.head("a.txt"))?.etag).toBe(first.etag);
    await utimes(join(root, "a.txt"), 1, 1);
    expect((await store.head("a.txt"))?.etag).not.toBe(first.etag);
    expect((await put("b.txt")).etag).not.toBe(first.etag);
  });

  test("never follows a symbolic link, in any operation", async () => {
    const outside = join(base, "outside");
    await mkdir(outside);
    await writeFile(join(outside, "secret.txt"), "secret");
    await put("a/kept.txt");
    await symlink(outside, join(root, "out"));
    await symlink(join(outside, "secret.txt"), join(root, "a", "link.txt"));
    for (const key of ["out/secret.txt", "a/link.txt"]) {
      const refused = { name: "StoreError", kind: "permanent", message: expect.stringContaining("symbolic link") };
      await expect(store.head(key)).rejects.toMatchObject(refused);
      await expect(store.get(key, { bytesMax: 100 })).rejects.toMatchObject(refused);
      await expect(store.stream(key)).rejects.toMatchObject(refused);
      await expect(store.delete(key)).rejects.toMatchObject(refused);
    }
    await expect(put("out/new.txt")).rejects.toMatchObject({ kind: "permanent" });
    await expect(put("out/deep/new.txt")).rejects.toMatchObject({ kind: "permanent" });
    expect((await store.list("")).objects.map(({ key }) => key)).toEqual(["a/kept.txt"]);
    expect((await store.list("out/")).objects).toEqual([]);
    expect(await store.deletePrefix("out/")).toBe(0);
    expect(await filesUnder(outside)).toEqual(["secret.txt"]);
    expect(await readFile(join(outside, "secret.txt"), "utf8")).toBe("secret");
  });

  test.skipIf(process.platform !== "linux")("keeps no file open when readers end, leave or are refused", async () => {
    await put("a.txt", "x".repeat(1_000_000));
    await (await store.stream("a.txt")).cancel();
    const reader = (await store.stream("a.txt")).getReader();
    await reader.read();
    await reader.cancel();
    for await (const _ of await store.stream("a.txt"));
    await expect(store.stream("a.txt", { range: { start: 9_000_000, end: 9_000_001 } })).rejects.toThrow();
    await expect(store.get("a.txt", { bytesMax: 1 })).rejects.toThrow();
    await vi.waitFor(async () => expect(await openFilesUnder(root)).toEqual([]));
  });

  test("may itself be a symbolic link", async () => {
    await mkdir(root, { recursive: true });
    await symlink(root, join(base, "linked"));
    const linked = new FolderObjectStore({ root: join(base, "linked"), publicMediaUrl: null });
    await linked.probe();
    await put("a.txt");
    expect((await linked.head("a.txt"))?.sizeBytes).toBe(1);
  });

  test("refuses an object where other objects lie under its key, or its way is an object", async () => {
    await put("a/b.txt");
    await expect(store.put("a", Buffer.from("x"), { contentType: "application/octet-stream" })).rejects.toMatchObject({
      kind: "permanent",
      message: expect.stringContaining("other objects lie under this key"),
    });
    await expect(put("a/b.txt/c.txt")).rejects.toMatchObject({
      kind: "permanent",
      message: expect.stringContaining("is itself an object"),
    });
    expect(await readdir(join(root, ".incoming"))).toEqual([]);
  });

  test("is cleared of uploads abandoned for a day, not of those under way", async () => {
    await put("a.txt");
    const now = Date.now() / 1000;
    await writeFile(join(root, ".incoming", "old"), "x");
    await utimes(join(root, ".incoming", "old"), now - 90_000, now - 90_000);
    await writeFile(join(root, ".incoming", "young"), "x");
    await utimes(join(root, ".incoming", "young"), now - 80_000, now - 80_000);
    expect(await store.removeAbandonedUploads()).toBe(1);
    expect(await readdir(join(root, ".incoming"))).toEqual(["young"]);
    expect(await store.removeAbandonedUploads({ olderThanMs: 3_600_000 })).toBe(1);
    expect((await store.head("a.txt"))?.sizeBytes).toBe(1);
  });

  test("passes over names that cannot be keys", async () => {
    await put("a/b.txt");
    for (const name of [".hidden", "with space", "ñ.txt"]) await writeFile(join(root, "a", name), "x");
    expect((await store.list("a/")).objects.map(({ key }) => key)).toEqual(["a/b.txt"]);
  });

  test("gives addresses under the public address when there is one", () => {
    const at = (publicMediaUrl: string | null, urlPrefix?: string) =>
      new FolderObjectStore({ root, publicMediaUrl, urlPrefix }).url("a/b.jpg");
    expect(at("https://cdn.example.com/media")).toBe("https://cdn.example.com/media/a/b.jpg");
    expect(at("https://cdn.example.com/")).toBe("https://cdn.example.com/a/b.jpg");
    expect(at(null, "/files/")).toBe("/files/a/b.jpg");
  });

  test("says where it is", () => {
    expect(store.description).toBe(`folder ${root}`);
  });

  test.skipIf(process.getuid?.() === 0)("that may not be written to is a permanent fault, told clearly", async () => {
    await put("a.txt");
    await chmod(join(root, ".incoming"), 0o500);
    await expect(store.probe()).rejects.toMatchObject({
      kind: "permanent",
      message: expect.stringContaining("(EACCES): this process may not do that to the folder"),
    });
    await chmod(join(root, ".incoming"), 0o700);
  });

  test.skipIf(process.platform !== "linux")("on a full disk is a permanent fault, told clearly", async () => {
    const fault = await writeFile("/dev/full", "x").catch((error: unknown) => error);
    const error = storeErrorOfFilesystem("a.txt", "write", fault);
    expect(error).toMatchObject({ kind: "permanent", message: "Could not write a.txt (ENOSPC): the disk is full." });
  });

  test("that may not be touched is a permanent fault, told clearly", () => {
    for (const code of ["EACCES", "EPERM", "EROFS"]) {
      const error = storeErrorOfFilesystem("a.txt", "write", Object.assign(new Error(code), { code }));
      expect(error).toMatchObject({ kind: "permanent", message: expect.stringMatching(/(permission|read-only)\.$/) });
    }
  });

  test("that hiccups is a transient fault", () => {
    for (const code of ["EMFILE", "EAGAIN", "EIO", "ENFILE"]) {
      const error = storeErrorOfFilesystem("a.txt", "read", Object.assign(new Error(code), { code }));
      expect(error).toMatchObject({ kind: "transient", isTransient: true });
    }
  });
});

async function filesUnder(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted();
}

async function openFilesUnder(folder: string): Promise<readonly string[]> {
  const descriptors = await readdir("/proc/self/fd");
  const files = await Promise.all(descriptors.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")));
  return files.filter((file) => file.startsWith(folder));
}
