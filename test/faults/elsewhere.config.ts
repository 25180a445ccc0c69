import { defineConfig, mergeConfig } from "vitest/config";
import suite from "../vitest.config.js";
import { filesNamingFaults } from "./numbers.js";

// Faults that need no process of their own are provoked beside the code they are about, under an injected clock and
// with stubs, or in a browser (test:browser). Here they run by their names alone: seconds, although the whole suite holds them too.
const elsewhere = filesNamingFaults()
  .map(({ file }) => file)
  .filter((file) => !/^test\/(faults|browser)\//.test(file));
const { include: _, ...rest } = suite.test ?? {};

export default mergeConfig(
  { ...suite, test: rest },
  defineConfig({ test: { include: elsewhere, testNamePattern: /\bfaults? \d/ } }),
);
