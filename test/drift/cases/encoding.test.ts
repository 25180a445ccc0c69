import { describe, expect, it } from "vitest";
import { decodeCases, encodeCases } from "../../../src/drift/cases/encoding.js";
import { stored } from "../streams.js";
import { ask, askUntilAlarm, cases, resultsOf, startGolden, told } from "./streams.js";

const rates = cases(50, 0.1, { "late-delivery": 0, "größe \u{1f4e6}": 0.5 });

function asked(runs: number) {
  const stream = startGolden(4);
  for (let run = 0; run < runs; run += 1) ask(stream, resultsOf(stream.chance, rates));
  return stream;
}

describe("the state of golden cases", () => {
  it("comes back exactly in every phase", () => {
    const stream = asked(5);
    const same = () => {
      const bytes = stream.metric.encode();
      expect(decodeCases(encodeCases(decodeCases(bytes)))).toEqual(decodeCases(bytes));
      expect(stored(stream.settings, stream.metric).explain()).toEqual(stream.metric.explain());
    };
    same();
    for (let run = 0; run < 12; run += 1) ask(stream, resultsOf(stream.chance, rates));
    ask(stream, [...resultsOf(stream.chance, rates).slice(1), ...told({ c0: "?" })]);
    same();
    const bad = { ...rates, "late-delivery": 1, c1: 1 };
    expect(askUntilAlarm(stream, () => resultsOf(stream.chance, bad), 30).alarm).not.toBeNull();
    same();
    stream.metric = stream.metric.accept();
    same();
  });

  it("goes on from the stored bytes as if it had never been stored", () => {
    const [kept, resumed] = [asked(25), asked(25)];
    resumed.metric = stored(resumed.settings, resumed.metric);
    for (let run = 0; run < 30; run += 1) {
      const { metric: one, ...shown } = ask(kept, resultsOf(kept.chance, rates));
      const { metric: other, ...shownToo } = ask(resumed, resultsOf(resumed.chance, rates));
      expect(shownToo).toEqual(shown);
      expect(other.encode()).toEqual(one.encode());
    }
  });

  it("stays small however long it was asked", () => {
    expect(asked(300).metric.encode().length).toBeLessThan(3_000);
  });

  const bytes = asked(20).metric.encode();
  it.each([
    { what: "nothing", broken: new Uint8Array(0), message: /begins unlike version 101/ },
    { what: "another version", broken: bytes.map((byte, i) => (i === 0 ? 1 : byte)), message: /unlike/ },
    { what: "a broken head", broken: bytes.map((byte, i) => (i === 9 ? 0 : byte)), message: /JSON|token/ },
    { what: "missing results", broken: bytes.slice(0, -1), message: /expected \d+ for its results/ },
  ])("refuses $what", ({ broken, message }) => {
    expect(() => decodeCases(broken)).toThrow(message);
  });
});
