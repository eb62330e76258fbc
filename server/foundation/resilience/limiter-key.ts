import ipaddr from "ipaddr.js";
import type { Principal } from "../auth/principal.ts";

/** How much of an IPv6 address one customer gets: within a /64 they may change it at will. */
const ipv6PrefixBits = 64;

/**
 * Whom a limit counts: the user when signed in, else their address (IPv6 by /64), else this one connection. Callers whose
 * address is not known never share an allowance: one of them could use it up for all.
 */
export function limiterKey(caller: {
  readonly principal: Principal | null;
  /** From `clientAddress`. */
  readonly clientAddress: string | null;
  readonly connectionId: string;
}): string {
  if (caller.principal !== null) return `user:${caller.principal.userId}`;
  const network = networkOf(caller.clientAddress);
  return network === null ? `connection:${caller.connectionId}` : `address:${network}`;
}

function networkOf(text: string | null): string | null {
  if (text === null || !ipaddr.isValid(text)) return null;
  const address = ipaddr.process(text);
  if (address.kind() === "ipv4") return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toNormalizedString()}/${ipv6PrefixBits}`)}/${ipv6PrefixBits}`;
}
