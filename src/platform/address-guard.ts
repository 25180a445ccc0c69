/**
 * Which addresses a request may reach. An address enters, a reason to refuse it or null leaves.
 * Blocked: loopback, private, shared (CGNAT), link-local, unique local, multicast, reserved,
 * unspecified, and the IPv6 ranges that carry an IPv4 address inside (NAT64, 6to4, Teredo),
 * after the IANA special-purpose registries (RFC 6890 and its updates).
 */
import { BlockList, isIP, isIPv4 } from "node:net";
import { ConfigError } from "../domain/errors.js";

const specialIpv4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];

// IPv4-mapped addresses (::ffff:0:0/96) are judged by BlockList as the IPv4 address they carry.
const specialIpv6 = [
  "::/96",
  "::ffff:0:0:0/96",
  "64:ff9b::/96",
  "64:ff9b:1::/48",
  "100::/64",
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "3fff::/20",
  "5f00::/16",
  "fc00::/7",
  "fe80::/10",
  "fec0::/10",
  "ff00::/8",
];

/** Judges addresses. */
export interface AddressGuard {
  /** Why this address must not be reached; null: it may. */
  refuse(address: string): string | null;
  /** True when the configuration names the address's range itself. */
  named(address: string): boolean;
}

/** Builds the guard; `allowPrivate` lists ranges such as `10.1.2.0/24` that may be reached all the same. */
export function createAddressGuard(allowPrivate: readonly string[]): AddressGuard {
  const blocked = blockListOf([...specialIpv4, ...specialIpv6]);
  const allowed = blockListOf(allowPrivate);
  const within = (list: BlockList, address: string): boolean =>
    list.check(address, isIPv4(address) ? "ipv4" : "ipv6");
  return {
    named: (address) => isIP(address) !== 0 && within(allowed, address),
    refuse: (address) => {
      if (isIP(address) === 0) return `${address} is not an address`;
      if (within(allowed, address) || !within(blocked, address)) return null;
      return `${address} is a private or reserved address; network.allowPrivate does not list it`;
    },
  };
}

function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = "", bits = ""] = range.split("/");
    const family = isIP(network);
    const prefix = bits === "" ? (family === 4 ? 32 : 128) : Number(bits);
    if (family === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > (family === 4 ? 32 : 128)) {
      throw new ConfigError(
        "bad-range",
        `network.allowPrivate: "${range}" is no address range; expected one like 10.1.2.0/24`,
      );
    }
    list.addSubnet(network, prefix, family === 4 ? "ipv4" : "ipv6");
  }
  return list;
}
