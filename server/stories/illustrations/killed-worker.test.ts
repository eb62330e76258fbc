import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startGeminiServer } from "../../testing/gemini-server.ts";
import type { ProviderServer } from "../../testing/provider-server.ts";
import { eventually, openStoryShop, type StoryShop } from "../stories.testing.ts";
import { imageTypes } from "../types.ts";

const launcher = fileURLToPath(new URL("../../bin/bodega.js", import.meta.url));
/** Processes are started several times over, on whatever machine runs the tests. */
const timeoutMs = 900_000;
const patienceMs = 240_000;

let gemini: ProviderServer;
let shop: StoryShop;
const workers: ChildProcess[] = [];
beforeAll(async () => {
  gemini = await startGeminiServer();
  shop = await openStoryShop({
    background: false,
    environment: { GEMINI_API_KEY: gemini.apiKey, GEMINI_BASE_URL: gemini.url },
  });
});
afterAll(async () => {
  for (const worker of workers) worker.kill("SIGKILL");
  await shop.close();
  await gemini.close();
});

/** A worker process of its own over the shop's database and folder. */
function startWorker(): ChildProcess {
  const { config } = shop.foundation;
  const worker = spawn(process.execPath, [launcher, "start", "--no-demo"], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ROLES: "worker",
      SHOP_TIMEZONE: "UTC",
      LOG_LEVEL: "error",
      DATA_DIR: config.dataDir,
      DATABASE_URL: config.databaseUrl ?? "",
      GEMINI_API_KEY: gemini.apiKey,
      GEMINI_BASE_URL: gemini.url,
    },
    stdio: "ignore",
  });
  workers.push(worker);
  return worker;
}

describe("a worker that is killed while it illustrates", () => {
  it(
    "loses nothing and pays nothing twice: another one goes on, and each picture is charged once",
    async () => {
      gemini.faults.slowMs = 400;
      const story = await shop.newStory();
      const run = await shop.begin(story.id);
      for (const settled of [1, 4]) {
        const worker = startWorker();
        await eventually(
          `${settled} pictures and more under way`,
          async () => {
            const { images, isOver } = await shop.run(story.id, run.id);
            const done = images.filter(({ state }) => state === "done").length;
            return isOver || (done >= settled && images.some(({ state }) => state === "drawing"));
          },
          patienceMs,
        );
        worker.kill("SIGKILL");
        await once(worker, "exit");
      }
      startWorker();
      const ended = await eventually(
        "the run to end",
        async () => {
          const present = await shop.run(story.id, run.id);
          return present.isOver ? present : null;
        },
        patienceMs,
      );
      expect(ended).toMatchObject({ state: "done", consistencyLost: false });
      const { images, scenes } = await shop.story(story.id);
      expect(images.map(({ imageType, version }) => [imageType, version])).toEqual(imageTypes.map((type) => [type, 1]));
      const charged = gemini.requests.filter(({ isCharged }) => isCharged).map(({ prompt }) => prompt);
      expect(charged.sort()).toEqual(Object.values(scenes ?? {}).sort());
      for (const { path } of images) expect(await shop.foundation.store.head(path)).not.toBeNull();
    },
    timeoutMs,
  );
});
