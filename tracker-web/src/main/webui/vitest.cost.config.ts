import { defineConfig } from "vitest/config";

// A measurement, not a test: `npm run cost`.
export default defineConfig({ test: { include: ["test/cost/*.cost.ts"], testTimeout: 600_000, hookTimeout: 60_000 } });
