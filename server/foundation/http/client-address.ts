import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = readonly [Address, number];

/**
 * Who really asks, as far as it can be known: the first address, from the right of `X-Forwarded-For`, that is not one of
 * our own proxies. What stands left of it is only what that caller claims, so it is never looked at. Null when it is not
 * known: no address, a malformed one on the way, or a proxy that says nothing.
 *
 * `trustedProxies` are addresses or CIDR ranges; IPv6-mapped IPv4 is IPv4. Throws `RangeError` for one that is neither.
 */
export function clientAddress(
  socketAddress: string | undefined,
  xForwardedFor: string | undefined,
  trustedProxies: readonly string[],
): string | null {
  const ranges = rangesOf(trustedProxies);
  const isTrusted = (address: Address) => ranges.some((range) => isWithin(address, range));
  const socket = parseAddress(socketAddress ?? "");
  if (socket === null) return null;
  if (!isTrusted(socket)) return socket.toString();

  const hops = (xForwardedFor ?? "").split(",").map((hop) => hop.trim());
  let client: Address | null = null;
  for (const hop of hops.reverse()) {
    client = parseAddress(withoutPort(hop));
    if (client === null) return null;
    if (!isTrusted(client)) break;
  }
  return client?.toString() ?? null;
}

const knownRanges = new WeakMap<readonly string[], readonly Range[]>();

/** Parsed once per list. */
function rangesOf(list: readonly string[]): readonly Range[] {
  const known = knownRanges.get(list);
  if (known !== undefined) return known;
  const ranges = list.map(parseRange);
  knownRanges.set(list, ranges);
  return ranges;
}

function parseRange(text: string): Range {
  const [host = "", bits, ...rest] = text.split("/");
  const written = ipaddr.isValid(host) ? ipaddr.parse(host) : null;
  const address = parseAddress(host);
  const refusal = new RangeError(`${text} is neither an address nor a range such as 10.0.0.0/8`);
  if (written === null || address === null || rest.length > 0) throw refusal;
  const width = address.kind() === "ipv4" ? 32 : 128;
  if (bits === undefined) return [address, width];
  if (!/^\d{1,3}$/.test(bits)) throw refusal;
  // ::ffff:10.0.0.0/104 is 10.0.0.0/8.
  const prefix = Number(bits) - (written.kind() === "ipv6" && address.kind() === "ipv4" ? 96 : 0);
  if (prefix < 0 || prefix > width) throw refusal;
  return [address, prefix];
}

function isWithin(address: Address, [network, prefix]: Range): boolean {
  return address.kind() === network.kind() && address.match(network, prefix);
}

/** Only the usual forms: `0x7f.1` and `2130706433` are 127.0.0.1 to some parsers and malformed here. */
function parseAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  const host = text.replace(/%.*$/, "");
  if (!host.includes(":") || !ipaddr.IPv6.isValid(host)) return null;
  const address = ipaddr.IPv6.parse(host);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/** Some proxies add the port: `203.0.113.7:4711`, `[2001:db8::7]:4711`. */
function withoutPort(hop: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;
}
