/** `unit` needs nothing but the sources; `live` starts the built program in real ptys, a few at a time; `faults` is not for CI. */
import { defineConfig } from "vitest/config";

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
          // Vitest would leave one of two cores idle.
          maxWorkers: 2,
          // Not how long a test may take, but when it is given up: CI shares its cores with others.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "live",
          root: `${import.meta.dirname}/..`,
          include: LIVE,
          // Each starts an engine, a dashboard and ten terminals: two at once fill two cores.
          maxWorkers: 2,
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
          maxWorkers: 2,
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
    ],
    // A test that passes on the second try hides a race.
    retry: 0,
  },
});
