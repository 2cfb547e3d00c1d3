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
          sequence: { groupOrder: 0 },
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/panel/**", "tests/journeys/**", "tests/attacks/frames/**"],
        },
      },
      // AdminJS takes two seconds to import: these files share one process.
      {
        test: {
          ...shared,
          name: "panel",
          sequence: { groupOrder: 1 },
          include: ["tests/panel/**/*.test.ts"],
          isolate: false,
          fileParallelism: false,
        },
      },
      // Real Chromium; one at a time on small machines.
      {
        test: {
          ...shared,
          testTimeout: 60_000,
          name: "browser",
          // Alone: some of these measure how long a page stalls.
          sequence: { groupOrder: 2 },
          include: ["tests/journeys/**/*.test.ts", "tests/attacks/frames/**/*.test.ts"],
          isolate: false,
          fileParallelism: false,
        },
      },
    ],
  },
});
