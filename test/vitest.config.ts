/** `unit` needs nothing but the sources; `live` starts the built program in real ptys, a few at a time; `faults` is not for CI. */
import { defineConfig } from "vitest/config";

/** Two at once fill two cores. MARATHON_TEST_WORKERS names another number, for another machine. */
const WORKERS = Number(process.env["MARATHON_TEST_WORKERS"] ?? 2);

const LIVE = ["test/live/**/*.test.ts", "test/faults/**/*.test.ts"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          root: `${import.meta.dirname}/..`,
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: [...LIVE, "test/bench/**"],
          env: { NODE_ENV: "test" },
          maxWorkers: WORKERS,
          // Not how long a test may take, but when it is given up: CI shares its cores with others.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "live",
          root: `${import.meta.dirname}/..`,
          include: LIVE,
          // Each starts an engine, a dashboard and up to ten terminals.
          maxWorkers: WORKERS,
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "faults",
          root: `${import.meta.dirname}/..`,
          // Every fault of which CI injects only the most important: `npm run faults`.
          include: ["test/faults/**/*.fault.ts"],
          maxWorkers: WORKERS,
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
    ],
    // A test that passes on the second try hides a race.
    retry: 0,
  },
});
