import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/peers/**/*.test.ts"],
    exclude: ["test/peers/node_modules/**"],
    globalSetup: ["test/temporary.ts", "test/peers/install.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "forks",
    fileParallelism: false,
  },
});
