import { expect, it } from "vitest";
import { alarmFactor } from "../../../src/drift/shares/alarm-factor.js";

it.each([
  { sizes: [9, 9, 9], phi: 1, factor: 1 },
  { sizes: [10, 10], phi: 1, factor: 0.85 },
  { sizes: [19], phi: 1, factor: 0.85 },
  { sizes: [20], phi: 1.1, factor: 0.7 },
  { sizes: [20], phi: 1.11, factor: 1 },
  { sizes: [1, 50, 50], phi: 1, factor: 0.7 },
  { sizes: [], phi: 1, factor: 1 },
])("is $factor for runs of $sizes and phi $phi", ({ sizes, phi, factor }) => {
  expect(alarmFactor(sizes, phi)).toBe(factor);
});
