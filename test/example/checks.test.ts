import { beforeAll, describe, expect, it } from "vitest";
import { runChecks } from "../../src/check/run-checks.js";
import { nobody } from "../../src/domain/asking.js";
import type { Output } from "../../src/domain/output.js";
import type { Verdict } from "../../src/domain/verdict.js";
import { halves, shareOf, standardErrorsApart } from "./halves.js";
import { histories } from "./history.js";
import { since, steadyPart, triage } from "./triage-change.js";

describe.each(histories.map((history) => [history.id, history] as const))(
  "the checks of %s",
  (_id, history) => {
    const verdicts = new Map<string, ReadonlyMap<string, Verdict>>();

    beforeAll(async () => {
      for (const output of history.outputs)
        verdicts.set(output.id, await runChecks(history.checks, output, nobody));
    });

    const passShare = (outputs: readonly Output[], check: string) => {
      const told = outputs.flatMap(({ id }) => verdicts.get(id)?.get(check)?.status ?? []);
      return shareOf(
        told.filter((status) => status === "pass" || status === "fail"),
        (status) => status === "pass",
      );
    };

    // Without a known answer a comparison has nothing to say of these outputs.
    const judging = history.checks.filter(({ type }) => type !== "fields-match");

    it.each(judging.map(({ id }) => id))("pass most outputs, in both halves alike: %s", (check) => {
      const steady = steadyPart(history);
      const [earlier, later] = halves(steady).map((half) => passShare(half, check));
      const all = passShare(steady, check);
      expect(all.n).toBeGreaterThan(100);
      expect(all.hits / all.n).toBeGreaterThan(0.96);
      expect(standardErrorsApart(earlier ?? all, later ?? all)).toBeLessThan(2.5);
    });

    it("can tell nearly always", () => {
      const all = [...verdicts.values()].flatMap((each) => [...each.values()]);
      expect(shareOf(all, ({ status }) => status === "error").hits).toBeLessThan(0.005 * all.length);
    });

    it("never fail where one fail is too many", () => {
      const strict = history.checks.filter(({ rule }) => rule.kind === "zero-tolerance");
      expect(strict.length).toBeGreaterThan(0);
      for (const { id } of strict)
        expect(passShare(history.outputs, id)).toMatchObject({ hits: passShare(history.outputs, id).n });
    });

    it("see nothing of the change in support triage", () => {
      if (history !== triage) return;
      for (const { id } of history.checks) {
        const share = passShare(since, id);
        expect({ id, passing: share.hits >= share.n - 2 }).toEqual({ id, passing: true });
      }
    });
  },
);
