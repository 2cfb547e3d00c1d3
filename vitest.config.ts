import { defineConfig } from "vitest/config";

const shared = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    globalSetup: ["tests/support/global-setup.ts"],
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/panel/**", "tests/journeys/**", "tests/attacks/frames/**"],
        },
      },
      // AdminJS takes two seconds to import: these files share one process.
      { test: { ...shared, name: "panel", include: ["tests/panel/**/*.test.ts"], isolate: false, fileParallelism: false } },
      // Real Chromium; one at a time on small machines.
      {
        test: {
          ...shared,
          testTimeout: 60_000,
          name: "browser",
          include: ["tests/journeys/**/*.test.ts", "tests/attacks/frames/**/*.test.ts"],
          isolate: false,
          fileParallelism: false,
        },
      },
    ],
  },
});
