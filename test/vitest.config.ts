import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    exclude: ["test/peers/**", "test/browser/**", "test/faults/**", "test/bench/**", "**/node_modules/**"],
    globalSetup: ["test/temporary.ts"],
    setupFiles: ["test/seed.ts"],
    testTimeout: 20_000,
    pool: "forks",
    // modules hold no state of their own: read once per worker, they cost a third less time
    isolate: false,
    // one worker fewer than cores, as is usual, leaves half of a machine of two idle
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
