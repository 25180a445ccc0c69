import { expect, it } from "vitest";
import { steadinessIn } from "../../../src/drift/cases/steadiness.js";
import { ask, startGolden, told } from "./streams.js";

it("calls a case flickering that passed twice and failed twice while its baseline was learned, and then alone", () => {
  const stream = startGolden(1);
  for (let run = 0; run < 10; run += 1)
    ask(
      stream,
      told({
        steady: "+",
        once: run === 0 ? "-" : "+",
        twice: run < 2 ? "-" : "+",
        rarely: run < 8 ? "-" : "+",
        never: "-",
      }),
    );
  for (let run = 0; run < 2; run += 1)
    ask(stream, told({ steady: "-", once: "+", twice: "+", rarely: "+", never: "+" }));
  const steadiness = steadinessIn(stream.metric.encode());
  expect(steadiness.filter((each) => each.flickering).map((each) => each.case)).toEqual(["twice", "rarely"]);
  expect(steadiness.map((each) => each.learned)).toEqual([10, 9, 8, 2, 0].map((hits) => ({ hits, n: 10 })));
});
