/** What the rows of the catalogue are made of. */

/** A test, by its file and the beginning of its title. */
type Named = readonly [file: string, title: string];

export type Fault = { readonly id: string; readonly fault: string; readonly promise: string } & (
  | { readonly tests: readonly Named[] }
  /** Why nothing injects it. */
  | { readonly none: string }
);

export const gate = (name: string): string => `test/faults/${name}.test.ts`;
export const rest = (name: string): string => `test/faults/rest/${name}.fault.ts`;
export const live = (name: string): string => `test/live/${name}.test.ts`;
export const scene = (name: string): string => `test/scenes/${name}.test.ts`;
export const ground = (name: string): string => `test/engine-ground/${name}.test.ts`;
