/** Events for journals: what they say does not matter here, only that they come back. */
import type { Event } from "../../src/marathon/types.ts";

export function noticed(seq: number, text = `notice ${seq}`): Event {
  return { type: "noticed", severity: "info", text, seq, at: 1_700_000_000_000 + seq, t: seq * 10 };
}

export function notices(count: number, from = 1): Event[] {
  return Array.from({ length: count }, (_, index) => noticed(from + index));
}
