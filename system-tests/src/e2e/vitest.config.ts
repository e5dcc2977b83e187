import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    globalSetup: "support/globalSetup.ts",
    testTimeout: 60_000,
    hookTimeout: 300_000,
    // One stack and two cores: journeys one after the other.
    fileParallelism: false,
  },
});
