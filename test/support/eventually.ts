import { vi } from "vitest";

/** Waits until `check` passes. It gives up after half a minute: a slow machine alone fails nothing. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 30_000, interval: 20 });
}
