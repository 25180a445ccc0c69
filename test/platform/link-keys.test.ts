import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createLinkKeys } from "../../src/platform/link-keys.js";
import { linkLifeMs, readLink, signLink } from "../../src/token/action-link.js";
import { judgeLinkLifeMs } from "../../src/token/judge-link.js";

const day = 24 * 3_600_000;
const start = Date.UTC(2026, 10, 18);

const temporaryFolder = () => mkdtempSync(join(tmpdir(), "evenkeel-keys-"));

function keysOf(folder: string) {
  const time = { now: start };
  const drawn = { count: 0 };
  const keys = createLinkKeys(folder, {
    clock: { now: () => time.now, monotonic: () => 0 },
    random: {
      next: () => 0,
      hex: (bytes) => {
        drawn.count += 1;
        return String(drawn.count).padStart(bytes * 2, "0");
      },
    },
  });
  const link = () =>
    signLink(keys.signing(), {
      incident: 1,
      action: "acknowledge",
      revision: 1,
      expiresAt: time.now + linkLifeMs,
      recipient: "jonas.feld@example.com",
    });
  return { keys, time, link };
}

describe("the keys of links", () => {
  it("are made once, in a file that only its owner reads", () => {
    const folder = temporaryFolder();
    const { keys } = keysOf(folder);
    expect(keys.good()).toEqual([]);
    const made = keys.signing();
    expect(statSync(join(folder, "link-keys.json")).mode & 0o777).toBe(0o600);
    expect(keys.signing()).toEqual(made);
    expect(createLinkKeys(folder, noOutside()).good()).toEqual([made]);
  });

  it("change every month without voiding a link that is still good", () => {
    const { keys, time, link } = keysOf(temporaryFolder());
    link();
    time.now = start + 29.9 * day;
    const late = link();
    time.now = start + 30 * day;
    const first = keys.good()[0]?.id;
    const next = link();
    expect(keys.signing().id).not.toBe(first);
    expect(keys.good()).toHaveLength(2);
    expect(readLink(late, keys.good(), time.now)).toMatchObject({ ok: true });
    time.now += judgeLinkLifeMs;
    expect(keys.good()).toHaveLength(1);
    expect(readLink(late, keys.good(), time.now)).toEqual({ ok: false, why: "not-ours" });
    expect(readLink(next, keys.good(), time.now)).toMatchObject({ ok: false, why: "expired" });
  });

  it("are made anew where the file was cut off", () => {
    const folder = temporaryFolder();
    const { keys } = keysOf(folder);
    keys.signing();
    writeFileSync(join(folder, "link-keys.json"), '[{"id":"0');
    expect(keys.signing().secret).toMatch(/^[0-9a-f]{64}$/);
    expect(readFileSync(join(folder, "link-keys.json"), "utf8")).toContain(keys.signing().id);
  });

  function noOutside() {
    return {
      clock: { now: () => start, monotonic: () => 0 },
      random: { next: () => 0, hex: () => "not to be drawn" },
    };
  }
});
