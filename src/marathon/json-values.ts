/** Figures as JSON answers have them. */
import { MINUTE } from "./estimates.ts";

/** Minutes with two decimals; null stays null. */
export function minutes<T extends number | null>(ms: T): T {
  return (ms === null ? null : Math.round((ms / MINUTE) * 100) / 100) as T;
}

/** ISO 8601 in UTC, of ms since the epoch. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}
