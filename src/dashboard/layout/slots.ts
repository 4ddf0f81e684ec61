export interface SlotWishes {
  /** What the slots held so far. */
  readonly slots: readonly number[];
  readonly terminals: readonly number[];
  readonly focused: number;
  /** Terminals by how much they need a look, most first. */
  readonly attention: readonly number[];
  /** The terminals that a person has something to do about. */
  readonly needy: ReadonlySet<number>;
}

/**
 * Which terminals the board's panes show. All of them in the plan's order when there is room. Otherwise the focused one and those
 * that need a look first; a terminal that is shown keeps its place, and leaves it only for one that needs a person while it does not.
 */
export function assignSlots(capacity: number, wishes: SlotWishes): readonly number[] {
  const { terminals, focused, attention, needy } = wishes;
  if (terminals.length <= capacity) return terminals;
  const known = new Set(terminals);
  const kept = wishes.slots.filter((terminal) => known.has(terminal)).slice(0, capacity);
  const byNeed = [...attention.filter((terminal) => known.has(terminal)), ...terminals.filter((terminal) => !attention.includes(terminal))];
  const slots = [...kept];
  for (const terminal of byNeed) {
    if (slots.length >= capacity) break;
    if (!slots.includes(terminal)) slots.push(terminal);
  }
  const leastNeeded = (exceptNeedy: boolean) =>
    [...byNeed].reverse().find((terminal) => slots.includes(terminal) && terminal !== focused && !(exceptNeedy && needy.has(terminal)));
  const replace = (leaving: number | undefined, coming: number) => {
    const at = leaving === undefined ? -1 : slots.indexOf(leaving);
    if (at >= 0) slots[at] = coming;
  };
  if (known.has(focused) && !slots.includes(focused)) replace(leastNeeded(false), focused);
  for (const terminal of byNeed) if (needy.has(terminal) && !slots.includes(terminal)) replace(leastNeeded(true), terminal);
  return slots;
}
