import { expect, it } from "vitest";
import { spotPlan } from "../../src/review/spot-plan.js";

it.each([
  [0, []],
  [1, ["random"]],
  [2, ["random", "random"]],
  [3, ["random", "disputed", "rare"]],
  [5, ["random", "random", "random", "disputed", "rare"]],
])("%i a week are %j", (number, plan) => {
  expect(spotPlan(number)).toEqual(plan);
});
