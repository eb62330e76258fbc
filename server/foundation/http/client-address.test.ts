import { describe, expect, test } from "vitest";
import { clientAddress } from "./client-address.ts";

const proxies = ["10.0.0.0/8", "::1", "2001:db8:ffff::/48", "::ffff:192.168.0.0/112"];

describe("clientAddress", () => {
  test.each<[string, string | undefined, string | undefined, string | null]>([
    ["a direct caller is who the socket says", "203.0.113.7", undefined, "203.0.113.7"],
    ["a direct caller is not believed about others", "203.0.113.7", "1.2.3.4", "203.0.113.7"],
    ["a proxy is", "10.1.2.3", "198.51.100.9", "198.51.100.9"],
    ["only what the first of our proxies saw counts", "10.1.2.3", "1.1.1.1, 198.51.100.9", "198.51.100.9"],
    ["a caller who names our proxies is found out", "10.1.2.3", "10.9.9.9, 198.51.100.9", "198.51.100.9"],
    ["through several proxies", "::1", "1.1.1.1, 198.51.100.9, 2001:db8:ffff::2, 10.0.0.1", "198.51.100.9"],
    ["someone inside, all the way through proxies", "10.1.2.3", "10.0.0.7, 10.0.0.1", "10.0.0.7"],
    ["IPv4 in IPv6 is IPv4", "::ffff:10.1.2.3", "::ffff:198.51.100.9", "198.51.100.9"],
    ["also in a range", "192.168.0.200", "198.51.100.9", "198.51.100.9"],
    ["but not beyond it", "192.169.0.1", "198.51.100.9", "192.169.0.1"],
    ["with a port", "10.1.2.3", "198.51.100.9:4711", "198.51.100.9"],
    ["with brackets and a port", "10.1.2.3", "[2001:db8::7]:4711", "2001:db8::7"],
    ["one spelling per address", "10.1.2.3", "2001:0DB8:0:0::0007", "2001:db8::7"],
    ["with a zone", "fe80::1%eth0", undefined, "fe80::1"],
    ["malformed where it counts", "10.1.2.3", "1.1.1.1, unknown", null],
    ["malformed behind a proxy", "10.1.2.3", "198.51.100.9, x, 10.0.0.1", null],
    ["malformed where it does not count", "10.1.2.3", "<script>, 198.51.100.9", "198.51.100.9"],
    ["odd spellings of an address", "10.1.2.3", "0x7f.1", null],
    ["a number is not an address", "10.1.2.3", "2130706433", null],
    ["octal", "10.1.2.3", "010.0.0.1", null],
    ["a proxy that says nothing", "10.1.2.3", undefined, null],
    ["a proxy that says nothing at all", "10.1.2.3", "", null],
    ["no socket", undefined, "198.51.100.9", null],
    ["a socket without an address", "", "198.51.100.9", null],
  ])("%s", (_, socket, forwarded, expected) => {
    expect(clientAddress(socket, forwarded, proxies)).toBe(expected);
  });

  test("without trusted proxies the header is never read", () => {
    expect(clientAddress("10.1.2.3", "198.51.100.9", [])).toBe("10.1.2.3");
  });

  test.each(["10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/8/8", "proxy.example", "10.0", "::1/129", "::ffff:10.0.0.0/90"])(
    "%s is refused as a range",
    (range) => {
      expect(() => clientAddress("10.1.2.3", undefined, [range])).toThrow(RangeError);
    },
  );
});
