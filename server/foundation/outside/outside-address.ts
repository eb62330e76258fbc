import ipaddr from "ipaddr.js";

/**
 * Whether a resolved address is one of the public internet: not loopback, private, link-local, shared, multicast or
 * reserved, also when an IPv4 address is wrapped into an IPv6 one (mapped, compatible, NAT64, 6to4, Teredo). The registries
 * that decide are IANA's special-purpose ones, as `ipaddr.js` has them; whatever is not plainly global is refused.
 */
export function isPublicAddress(address: string): boolean {
  const text = address.replace(/^\[|\]$/g, "").split("%")[0] ?? "";
  if (!ipaddr.isValid(text)) return false;
  const parsed = ipaddr.process(text);
  if (parsed.range() !== "unicast") return false;
  // ::a.b.c.d, "IPv4-compatible" (RFC 4291 §2.5.5.1): deprecated, yet some stacks connect to what it wraps.
  return !(parsed instanceof ipaddr.IPv6 && parsed.parts.slice(0, 6).every((part) => part === 0));
}
