import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startS3Server } from "../../testing/s3-server.ts";
import { openObjectStore } from "./open-object-store.ts";

test("without a bucket, objects are kept in the data folder", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "bodega-data-"));
  const store = await openObjectStore({ dataDir, s3: null, publicMediaUrl: null });
  await store.probe();
  expect(store.description).toBe(`folder ${join(dataDir, "objects")}`);
  await rm(dataDir, { recursive: true });
});

test("with a bucket, objects are kept there, and the data folder is not touched", async () => {
  const server = await startS3Server();
  const { url: endpoint, region, bucket, credentials } = server;
  const s3 = { endpoint, region, bucket, ...credentials, forcePathStyle: true };
  const store = await openObjectStore({ dataDir: "/nowhere", s3, publicMediaUrl: "https://cdn.example.com/" });
  await store.probe();
  expect(server.requests.get("PutObject")).toBe(1);
  expect(store.url("a.jpg")).toBe("https://cdn.example.com/a.jpg");
  await server.close();
});
