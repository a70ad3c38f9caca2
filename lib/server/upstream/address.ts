import ipaddr from "ipaddr.js";

const METADATA: ReadonlySet<string> = new Set([
  "100.100.100.200",
  "168.63.129.16",
  "192.0.0.192",
  "fd00:ec2::254",
]);

/** Ranges no model server lives in. Tunnels whose inner address cannot be read are among them. */
const NEVER: ReadonlySet<string> = new Set([
  "unspecified",
  "linkLocal",
  "multicast",
  "broadcast",
  "reserved",
  "teredo",
]);

/**
 * Why Vitrine never connects to an IP address, in words that follow "because", or null when it may.
 * IPv4 addresses inside IPv6 ones (mapped, compatible, NAT64, 6to4) are judged as what they reach.
 */
export function blockedAddress(address: string): string | null {
  if (!ipaddr.isValid(address)) return "it is not an IP address";
  const seen = ipaddr.process(address);
  for (const one of [seen, ...innerAddresses(seen)]) {
    if (METADATA.has(one.toString())) return "it is a cloud metadata address";
    if (one.range() === "linkLocal") return "it is a link-local address, where cloud metadata lives";
    if (one.range() === "unspecified") {
      return "it is where a server listens, not where it is reached: use 127.0.0.1";
    }
    if (NEVER.has(one.range())) return `it is a ${one.range()} address`;
  }
  return null;
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function innerAddresses(address: Address): readonly Address[] {
  if (address instanceof ipaddr.IPv4) return [];
  const bytes = address.toByteArray();
  const at = (start: number) => new ipaddr.IPv4(bytes.slice(start, start + 4));
  if (address.range() === "6to4") return [at(2)];
  const isCompatible = bytes.slice(0, 12).every((byte) => byte === 0) && address.range() !== "loopback";
  const isNat64 = address.range() === "rfc6052" || address.range() === "rfc6145";
  return isCompatible || isNat64 ? [at(12)] : [];
}

/** Whether an address to listen on, or a URL's host name, can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (bare === "localhost") return true;
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === "loopback";
}
