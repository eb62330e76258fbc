import { expect, it } from "vitest";
import { bucketAddress } from "./bucket-address.ts";
import { S3ObjectStore } from "./s3-object-store.ts";

it.each([
  { endpoint: "http://127.0.0.1:9000", forcePathStyle: true },
  { endpoint: "https://store.example/path", forcePathStyle: true },
  { endpoint: "https://store.example", forcePathStyle: false },
  { forcePathStyle: false },
])("is where presigned addresses of %o lead", async (options) => {
  const s3 = { region: "eu-west-1", bucket: "shop", accessKeyId: "a", secretAccessKey: "b", ...options };
  const store = new S3ObjectStore({ ...s3, publicMediaUrl: null });
  const url = await store.signedUrl("stories/a/cover.png", { expiresAt: new Date(Date.now() + 60_000) });
  expect(new URL(url).origin).toBe(bucketAddress(s3));
});
