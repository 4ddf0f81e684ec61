/** The same function, which answers with what it made the last time while it is given the same (by identity): for what is costly, or compared. */
export function latest<Given extends readonly unknown[], Made>(make: (...given: Given) => Made): (...given: Given) => Made {
  let last: { readonly given: Given; readonly made: Made } | null = null;
  return (...given) => {
    if (last === null || given.some((one, index) => !Object.is(one, last?.given[index]))) last = { given, made: make(...given) };
    return last.made;
  };
}

/** The list before instead of a new one whose things are all the same by `same`, so that nobody looks at it again. */
export function keeping<T>(same: (a: T, b: T) => boolean): (list: readonly T[]) => readonly T[] {
  let last: readonly T[] = [];
  return (list) => {
    const before = last;
    const unchanged = list.length === before.length && list.every((one, index) => same(one, before[index] as T));
    if (!unchanged) last = list;
    return last;
  };
}
