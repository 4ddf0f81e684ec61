/** Adds all of `more` to the end of `list`. Unlike `push(...more)` it has no limit: that one overflows the stack at about 100,000 items. */
export function append<T>(list: T[], more: readonly T[]): void {
  for (const item of more) list.push(item);
}
