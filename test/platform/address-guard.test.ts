import { describe, expect, it } from "vitest";
import { ConfigError } from "../../src/domain/errors.js";
import { createAddressGuard } from "../../src/platform/address-guard.js";

describe("the address guard", () => {
  it.each([
    "127.0.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "169.254.169.254",
    "172.31.255.255",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:1::1",
    "fc00::1",
    "fe80::1",
    "ff02::1",
    "not an address",
  ])("refuses %s", (address) => {
    expect(createAddressGuard([]).refuse(address)).not.toBeNull();
  });

  it.each(["8.8.8.8", "172.32.0.1", "100.128.0.1", "::ffff:8.8.8.8", "2606:4700::1111"])(
    "lets %s pass",
    (address) => {
      expect(createAddressGuard([]).refuse(address)).toBeNull();
    },
  );

  it("lets exactly the listed private ranges pass", () => {
    const guard = createAddressGuard(["10.1.2.0/24", "fd00:1::/32", "192.168.7.7"]);
    expect(guard.refuse("10.1.2.200")).toBeNull();
    expect(guard.refuse("fd00:1::5")).toBeNull();
    expect(guard.refuse("192.168.7.7")).toBeNull();
    expect(guard.refuse("10.1.3.1")).toContain("network.allowPrivate");
    expect(guard.refuse("192.168.7.8")).toContain("192.168.7.8");
  });

  it.each(["10.0.0.0/33", "home", "10.0.0.0/x", "300.1.1.1/8"])("names the bad range %s", (range) => {
    expect(() => createAddressGuard([range])).toThrow(ConfigError);
    expect(() => createAddressGuard([range])).toThrow(`"${range}" is no address range`);
  });
});
