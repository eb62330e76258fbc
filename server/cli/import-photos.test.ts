import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { eventually } from "../foundation/jobs/testing/child-process.ts";
import { runCli, startCli } from "./child-cli.testing.ts";

const timeoutMs = 120_000;

let root: string;
let dataDir: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "bodega-cli-"));
  dataDir = join(root, "data");
});
afterAll(() => rm(root, { recursive: true, force: true }));

const reportShape = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      state: z.string(),
      outcome: z.string(),
      durationMs: z.number().nullable(),
      reason: z.string().nullable(),
      productId: z.string().nullable(),
      imageId: z.string().nullable(),
    }),
  ),
  summary: z.object({ done: z.number(), skipped: z.number(), failed: z.number(), waiting: z.number() }),
});

const picture = (red: number) =>
  sharp({ create: { width: 400, height: 300, channels: 3, background: { r: red, g: 99, b: 9 } } });

async function folderOf(name: string, files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  for (const [file, content] of Object.entries(files)) await writeFile(join(folder, file), content);
  return folder;
}

it(
  "brings every photo to its end without a server, and says of each other file why not",
  async () => {
    const jpeg = await sharp({
      create: {
        width: 900,
        height: 700,
        channels: 3,
        noise: { type: "gaussian", mean: 120, sigma: 60 },
        background: "#fff",
      },
    })
      .jpeg()
      .toBuffer();
    const folder = await folderOf("mixed", {
      "good.jpg": await picture(10).jpeg().toBuffer(),
      "good.png": await picture(20).png().toBuffer(),
      "truncated.jpg": jpeg.subarray(0, jpeg.length / 2),
      "evil.jpg": "<html><script>1</script></html>",
      "notes.txt": "no photo at all",
      ".hidden.png": await picture(30).png().toBuffer(),
    });
    const first = await runCli(["import-photos", folder, "--json"], { DATA_DIR: dataDir });
    const report = reportShape.parse(JSON.parse(first.stdout));
    const stateOf = Object.fromEntries(report.files.map((line) => [line.file, `${line.state} ${line.outcome}`]));
    expect(stateOf, first.stderr).toEqual({
      ".hidden.png": "skipped skipped",
      "evil.jpg": "refused failed",
      "good.jpg": "ready done",
      "good.png": "ready done",
      "notes.txt": "refused skipped",
      "truncated.jpg": "failed failed",
    });
    expect(report.files.find(({ file }) => file === "truncated.jpg")?.reason).toMatch(/^INVALID_IMAGE: /);
    expect(report.files.find(({ file }) => file === "good.jpg")?.durationMs).toBeGreaterThan(0);
    expect(first.code).toBe(1);

    const again = await runCli(["import-photos", folder, "--json"], { DATA_DIR: dataDir });
    const repeated = reportShape.parse(JSON.parse(again.stdout));
    const idsOf = (files: typeof report.files) => files.map(({ file, imageId }) => [file, imageId]);
    expect(idsOf(repeated.files)).toEqual(idsOf(report.files));
    expect(repeated.files.find(({ file }) => file === "good.jpg")).toMatchObject({
      state: "ready",
      reason: "already there",
    });

    const dead = await runCli(["jobs", "--json"], { DATA_DIR: dataDir });
    expect(JSON.parse(dead.stdout)).toMatchObject({ jobs: [] });
    const doctor = await runCli(["doctor", "--json"], { DATA_DIR: dataDir });
    expect([doctor.code, JSON.parse(doctor.stdout).isWell]).toEqual([0, true]);
    const audit = await runCli(["audit", "--json"], { DATA_DIR: dataDir });
    expect([audit.code, JSON.parse(audit.stdout).left]).toEqual([0, 0]);
  },
  timeoutMs,
);

it(
  "lets a server that runs do the work, and the server ends in order when it is told to",
  async () => {
    const folder = await folderOf("good", { "served.png": await picture(40).png().toBuffer() });
    const { child, output } = startCli(["start"], { DATA_DIR: dataDir, PORT: "0", LOG_LEVEL: "info" });
    try {
      await eventually(async () => output.stdout.includes("Bodega is running"));
      const imported = await runCli(["import-photos", folder], { DATA_DIR: dataDir });
      expect(imported.stdout).toMatch(/^served\.png\s+ready\s+\d+$/m);
      expect(imported.stdout).toContain("1 files in");
      expect(imported.code, imported.stderr).toBe(0);
    } finally {
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      expect((await exited)[0]).toBe(0);
    }
    expect(await readFile(join(dataDir, "admin-credentials.txt"), "utf8")).toContain("password: ");
  },
  timeoutMs,
);
