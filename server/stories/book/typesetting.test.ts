import { afterEach, expect, test, vi } from "vitest";
import { fontPaths } from "./fonts.ts";
import { Typesetter, type TypesetterOptions } from "./typesetting.ts";

// Each starts processes of its own, which a busy machine is slow to do.
vi.setConfig({ testTimeout: 240_000 });

const signal = new AbortController().signal;
const usual: TypesetterOptions = { fontPaths, timeoutMs: 120_000, memoryBytesMax: 2_000_000_000, idleMs: 60_000 };
const open: Typesetter[] = [];
const typesetter = (differences: Partial<TypesetterOptions> = {}): Typesetter => {
  const made = new Typesetter({ ...usual, ...differences });
  open.push(made);
  return made;
};
const order = (json: string) => ({ files: [{ name: "book.json", bytes: Buffer.from(json) }], createdAtSeconds: 0 });

afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

test("a book that takes too long is given up, and may be tried again", async () => {
  await expect(typesetter({ timeoutMs: 1 }).print(order("{}"), signal)).rejects.toMatchObject({
    code: "BOOK_TIMED_OUT",
    retryable: true,
  });
});

test("a book that takes too much memory is refused by name", async () => {
  const small = typesetter({ memoryBytesMax: 1_000_000 });
  await expect(small.print(order("{}"), signal)).rejects.toMatchObject({
    code: "BOOK_OUT_OF_MEMORY",
    retryable: false,
  });
});

test("what the typesetter refuses is a failure with its words as the cause, and it goes on working", async () => {
  const one = typesetter();
  for (const json of ["{}", "not json"]) {
    await expect(one.print(order(json), signal)).rejects.toMatchObject({
      code: "BOOK_FAILED",
      retryable: false,
      cause: expect.stringContaining("message"),
    });
  }
});

test("who gives up while waiting in line leaves the others their turn", async () => {
  const one = typesetter();
  const abort = new AbortController();
  const first = one.print(order("{}"), signal);
  const second = one.print(order("{}"), abort.signal);
  const third = one.print(order("{}"), signal);
  abort.abort(new Error("changed my mind"));
  await expect(first).rejects.toMatchObject({ code: "BOOK_FAILED" });
  await expect(second).rejects.toThrow("changed my mind");
  await expect(third).rejects.toMatchObject({ code: "BOOK_FAILED" });
});
