import { expect, test } from "vitest";
import { limiterKey } from "./limiter-key.ts";

const principal = { userId: "ana", role: "sales", supplierId: null, email: null } as const;

test("a signed-in caller is one caller, wherever they are", () => {
  expect(limiterKey({ principal, clientAddress: "198.51.100.9", connectionId: "1" })).toBe("user:ana");
  expect(limiterKey({ principal, clientAddress: null, connectionId: "2" })).toBe("user:ana");
});

test.each([
  ["198.51.100.9", "address:198.51.100.9"],
  ["::ffff:198.51.100.9", "address:198.51.100.9"],
  ["2001:db8:1:2:3:4:5:6", "address:2001:db8:1:2::/64"],
  ["2001:db8:1:2::9", "address:2001:db8:1:2::/64"],
  ["2001:db8:1:3::9", "address:2001:db8:1:3::/64"],
])("a stranger at %s is %s", (clientAddress, key) => {
  expect(limiterKey({ principal: null, clientAddress, connectionId: "1" })).toBe(key);
});

test.each([null, "", "unknown"])("strangers at %j share nothing but their own connection", (clientAddress) => {
  const [one, other] = ["1", "2"].map((connectionId) => limiterKey({ principal: null, clientAddress, connectionId }));
  expect(one).not.toBe(other);
});
