/** F5: a part of the whole is stopped for a minute, or as long as MARATHON_FAULT_SLEEP says (ms). CI does it for seconds: 09-one-owner. */
import { test } from "vitest";
import { SLEEPERS, sleepsAndWakes } from "../bench/asleep.ts";

const SLEEP_MS = Number(process.env["MARATHON_FAULT_SLEEP"] ?? 60_000);

test.each(SLEEPERS)("keys typed and lines printed while the %s sleeps are all there when it wakes, and the clock is right", (who) =>
  sleepsAndWakes(who, SLEEP_MS),
);
