/** F17: a small form of `npm run flood`, which prints a gigabyte in each of ten terminals. */
import { expect, test } from "vitest";
import { flood } from "../bench/flood.ts";

const EACH = Number(process.env["MARATHON_FAULT_FLOOD"] ?? 100_000_000);

test(`ten terminals that print ${EACH / 1e6} MB each cost no key, no byte, no last line and no memory that grows with them`, async () => {
  const report = await flood({ terminals: 10, bytes: EACH });
  console.log(`ten times ${EACH / 1e6} MB: ${JSON.stringify(report)}`);
  expect(report.violations).toEqual([]);
}, 3_600_000);
