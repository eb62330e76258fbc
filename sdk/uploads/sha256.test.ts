import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sha256InPieces, sha256Of } from "./sha256.ts";

test("the platform's way and the one without it agree with the server's", async () => {
  const file = new Blob([new Uint8Array(300_000).map((_, index) => index % 251)]);
  const expected = createHash("sha256")
    .update(new Uint8Array(await file.arrayBuffer()))
    .digest("hex");
  expect(await sha256Of(file)).toBe(expected);
  expect(await sha256InPieces(file)).toBe(expected);
});
