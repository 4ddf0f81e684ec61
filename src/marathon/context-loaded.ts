/** How much of the context that the plan names for a terminal its assignment carried: a fact about the assignment, not about what was read. Pure. */

export interface ContextLoaded {
  /**
   * `full`: every file that the plan names for it was there and let in. `none`: the plan names none for it. `unknown`: it was not given an
   * assignment that says so.
   */
  readonly level: "full" | "minimal" | "none" | "unknown";
  /** Files that it carried, of those that the plan names for it; null where that is not known. */
  readonly given: number | null;
  readonly named: number | null;
}

export const CONTEXT_UNKNOWN: ContextLoaded = { level: "unknown", given: null, named: null };

export function contextLoaded(given: number, named: number): ContextLoaded {
  return { level: named === 0 ? "none" : given === named ? "full" : "minimal", given, named };
}

/** "context loaded: minimal (2 of 3 files that the plan names for it)". */
export function contextWords({ level, given, named }: ContextLoaded): string {
  const more =
    named === null
      ? "no assignment of it says so"
      : named === 0
        ? "the plan names no files for it"
        : `${given} of ${named === 1 ? "1 file" : `${named} files`} that the plan names for it`;
  return `context loaded: ${level} (${more})`;
}
