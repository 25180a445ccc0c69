import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/browser/**/*.test.ts"],
    globalSetup: ["test/temporary.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "forks",
    // one browser and one daemon for all of them
    isolate: false,
    maxWorkers: 1,
    fileParallelism: false,
  },
});
