import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", environment: "happy-dom", include: ["test/*.test.ts", "console/test/*.test.ts"] } },
      {
        test: {
          name: "browser",
          include: ["test/browser/*.test.ts", "console/test/browser/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
          // Two cores: one Chromium at a time.
          fileParallelism: false,
        },
      },
    ],
  },
});
