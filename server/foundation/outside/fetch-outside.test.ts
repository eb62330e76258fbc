import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { fetchOutside, type OutsideOptions } from "./fetch-outside.ts";
import { isPublicAddress } from "./outside-address.ts";

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server[Symbol.asyncDispose]()));
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const bounds: OutsideOptions = {
  signal: new AbortController().signal,
  timeoutMs: 5_000,
  bytesMax: 1_000,
};
/** As if the machine's own loopback were the public internet, for servers of the tests. */
const open: OutsideOptions = { ...bounds, permits: () => true };

describe("addresses", () => {
  it.each([
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "2001:db8::1",
    "[::1]",
    "localhost",
    "",
  ])("%s is not of the public internet", (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])("%s is", (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
});

describe("fetching from outside", () => {
  it.each([
    "http://127.0.0.1:1/x",
    "http://[::1]/x",
    "http://[::ffff:127.0.0.1]/x",
    "http://0x7f000001/x",
    "http://2130706433/x",
    "http://017700000001/x",
    "http://169.254.169.254/latest/meta-data",
    "http://user:secret@8.8.8.8/",
    "file:///etc/passwd",
    "ftp://8.8.8.8/",
    "gopher://8.8.8.8/",
    "data:text/plain,x",
    "not an address",
    "",
  ])("refuses %s without asking anybody", async (address) => {
    await expect(fetchOutside(address, bounds)).rejects.toMatchObject({ code: "ADDRESS_REFUSED" });
  });

  it("refuses a name that means an inner address, at the moment of connecting", async () => {
    await expect(fetchOutside("http://localhost:1/", bounds)).rejects.toMatchObject({ code: "ADDRESS_REFUSED" });
  });

  it("gives status, type and bytes", async () => {
    const url = await serve((_request, response) => response.setHeader("content-type", "image/png").end("bytes"));
    const answer = await fetchOutside(`${url}/a.png`, open);
    expect(answer).toMatchObject({ status: 200, contentType: "image/png", url: `${url}/a.png` });
    expect(Buffer.from(answer.bytes).toString()).toBe("bytes");
  });

  it("checks every redirect as it checked the first address", async () => {
    const inner = await serve((_request, response) => response.end("secret"));
    const port = new URL(inner).port;
    const outer = await serve((_request, response) =>
      response.writeHead(302, { location: `http://[::ffff:127.0.0.1]:${port}/` }).end(),
    );
    const onlyPlainLoopback: OutsideOptions = { ...bounds, permits: (address) => address === "127.0.0.1" };
    await expect(fetchOutside(outer, onlyPlainLoopback)).rejects.toMatchObject({ code: "ADDRESS_REFUSED" });
    const toFile = await serve((_request, response) =>
      response.writeHead(302, { location: "file:///etc/passwd" }).end(),
    );
    await expect(fetchOutside(toFile, open)).rejects.toMatchObject({ code: "ADDRESS_REFUSED" });
  });

  it("follows a few redirects, and not one more", async () => {
    let asked = 0;
    const url = await serve((request, response) => {
      asked += 1;
      const hop = Number(request.url?.slice(1) ?? 0);
      if (hop === 0) response.end("there");
      else response.writeHead(302, { location: `/${hop - 1}` }).end();
    });
    expect(Buffer.from((await fetchOutside(`${url}/3`, open)).bytes).toString()).toBe("there");
    asked = 0;
    await expect(fetchOutside(`${url}/4`, open)).rejects.toMatchObject({ code: "TOO_MANY_REDIRECTS" });
    expect(asked).toBe(4);
  });

  it.each([
    ["says so", true],
    ["does not say so", false],
  ])("stops reading a body that is too large and %s", async (_how, isDeclared) => {
    const url = await serve((_request, response) => {
      if (isDeclared) response.setHeader("content-length", 5_000);
      response.write("x".repeat(2_500));
      response.end("x".repeat(2_500));
    });
    await expect(fetchOutside(url, open)).rejects.toMatchObject({ code: "ANSWER_TOO_LARGE" });
  });

  it("waits no longer than it may, and stops when its caller does", async () => {
    const url = await serve(() => undefined);
    await expect(fetchOutside(url, { ...open, timeoutMs: 50 })).rejects.toMatchObject({ code: "TIMEOUT" });
    const controller = new AbortController();
    const asking = fetchOutside(url, { ...open, signal: controller.signal });
    controller.abort(new Error("gone"));
    await expect(asking).rejects.toThrow("gone");
  });

  it("tells of what cannot be reached or breaks off, without the library's words", async () => {
    await expect(fetchOutside("http://127.0.0.1:1/", open)).rejects.toMatchObject({ code: "UNREACHABLE" });
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("x", () => response.destroy());
    });
    await expect(fetchOutside(url, open)).rejects.toMatchObject({ code: "UNREACHABLE" });
  });
});
