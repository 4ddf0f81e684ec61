/** F43: a long marathon in half a minute, under fire. `npm run soak` is the long form. */
import { expect, test } from "vitest";
import { soak } from "./bench/soak.ts";

const SEED = Number(process.env["MARATHON_TEST_SEED"] ?? Math.floor(Math.random() * 1e6));

test(`a marathon of twelve hours under faults and random keys is done, with nothing grown and nobody left (seed ${SEED})`, async () => {
  const report = await soak({ hours: 12, speed: 3000, seed: SEED, everyMs: 1500 });
  expect(report.violations).toEqual([]);
  expect(report.total).toBeGreaterThanOrEqual(100);
  expect(report.done).toBe(report.total);
  expect(Object.keys(report.faults).length).toBeGreaterThan(2);
  expect(report.keys).toBeGreaterThan(20);
}, 480_000);
