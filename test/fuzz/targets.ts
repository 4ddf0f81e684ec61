/** What is fuzzed: everything that reads what others wrote. A target throws when its promise is broken. */
import { compositorTarget } from "./target-compositor.ts";
import { hooksTarget } from "./target-hooks.ts";
import { journalTarget, planTarget, scratchpadTarget, statusTarget, wireTarget } from "./target-readers.ts";

export interface Target {
  readonly name: string;
  /** What must be so, in a sentence. */
  readonly promise: string;
  /** How many inputs are part of every run of the tests: a slow reader gets fewer. */
  readonly each: number;
  readonly examples: readonly Uint8Array[];
  readonly tokens: readonly Uint8Array[];
  check(bytes: Uint8Array): void;
}

export const TARGETS: readonly Target[] = [
  wireTarget,
  journalTarget,
  planTarget,
  scratchpadTarget,
  hooksTarget,
  statusTarget,
  compositorTarget,
];
