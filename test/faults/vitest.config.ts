import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/faults/**/*.test.ts"],
    globalSetup: ["test/temporary.ts", "test/faults/built.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "forks",
    // processes are timed: one file after another
    fileParallelism: false,
  },
});
