import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "server/**/*.test.ts",
      "sdk/**/*.test.{ts,tsx}",
      "web/**/*.test.ts",
      "e2e/**/*.test.ts",
      "drills/**/*.test.ts",
    ],
    globalSetup: ["server/testing/global-setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // A machine that does other work may hold up a browser or a killed process; what fails twice fails.
    retry: process.env.CI === undefined ? 0 : 1,
  },
});
