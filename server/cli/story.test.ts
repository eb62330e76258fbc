import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { content } from "../stories/stories.testing.ts";
import { type TestDatabase, testDatabase } from "../testing/test-database.ts";
import { runCli } from "./child-cli.testing.ts";

const timeoutMs = 300_000;

let root: string;
let test: TestDatabase;
let env: Record<string, string>;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "bodega-story-"));
  test = await testDatabase();
  env = { DATA_DIR: join(root, "data"), DATABASE_URL: test.url };
});
afterAll(async () => {
  await test.drop();
  await rm(root, { recursive: true, force: true });
});

describe("bodega story", () => {
  it(
    "makes a story from a text file, its pictures and its book, without a server",
    async () => {
      const file = join(root, "luna.txt");
      const pdf = join(root, "luna.pdf");
      await writeFile(file, content);
      const { code, stdout, stderr } = await runCli(["story", "create", file, "--pdf", pdf, "--json"], env);
      expect([code, stderr]).toEqual([0, ""]);
      const report = JSON.parse(stdout);
      expect(report.run).toMatchObject({ state: "done", code: null });
      expect(report.run.images).toHaveLength(7);
      expect(report.book).toMatchObject({ file: pdf, state: "done", pageCount: expect.any(Number) });
      expect((await readFile(pdf)).subarray(0, 5).toString()).toBe("%PDF-");
    },
    timeoutMs,
  );

  it("says what is wrong, and fails", async () => {
    const missing = await runCli(["story", "create", join(root, "none.txt")], env);
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining("none.txt cannot be read")]);
    const unknown = await runCli(["story", "illustrate", "x"], env);
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining("not the id of a story")]);
  }, 120_000);
});
