/** Which terminals the board's panes show, and where. */
import type { Arrangement } from "./arrangement.ts";

export interface SlotWishes {
  readonly arrangement: Arrangement;
  /** What the slots held so far. */
  readonly slots: readonly number[];
  /** The plan's terminals, in order. */
  readonly terminals: readonly number[];
  readonly focused: number;
  /** Terminals by how much they need a look, most first. */
  readonly attention: readonly number[];
  /** The terminals that a person has something to do about. */
  readonly needy: ReadonlySet<number>;
}

/**
 * The terminals of so many slots. All of them in the plan's order when there is room, unless the person wants those first that need
 * a look. Otherwise a terminal that is shown keeps its place; free places go to those that need a look first, and the terminal in
 * front always has one. Nothing moves because work goes on: that is for a calm moment, see {@link calmSlots}.
 */
export function assignSlots(capacity: number, wishes: SlotWishes): readonly number[] {
  const { terminals, focused, arrangement } = wishes;
  if (terminals.length <= capacity && arrangement !== "attention") return terminals;
  const kept = wishes.slots.filter((terminal, index, all) => terminals.includes(terminal) && all.indexOf(terminal) === index);
  const slots = kept.slice(0, capacity);
  const order = byNeed(wishes);
  for (const terminal of order) if (slots.length < capacity && !slots.includes(terminal)) slots.push(terminal);
  if (terminals.includes(focused) && !slots.includes(focused)) {
    const leaving = order.findLast((terminal) => slots.includes(terminal));
    slots[leaving === undefined ? 0 : slots.indexOf(leaving)] = focused;
  }
  return slots;
}

/**
 * What a calm moment makes of the slots: every terminal that needs a person is shown, in the place of the one that needs a look least;
 * and in the front places, if the person wants them there. A terminal that is in front already stays where it is, whatever its rank,
 * and those in `held` do not move at all.
 */
export function calmSlots(wishes: SlotWishes, held: ReadonlySet<number>): readonly number[] {
  const slots = [...wishes.slots];
  const order = byNeed(wishes);
  const needy = order.filter((terminal) => wishes.needy.has(terminal));
  const mayMove = (terminal: number) => !wishes.needy.has(terminal) && !held.has(terminal);
  for (const terminal of needy) {
    if (slots.includes(terminal)) continue;
    const leaving = order.findLast((other) => slots.includes(other) && mayMove(other));
    if (leaving !== undefined) slots[slots.indexOf(leaving)] = terminal;
  }
  if (wishes.arrangement !== "attention") return slots;
  const front = frontPlaces(slots, needy, held);
  for (const terminal of needy) {
    const at = slots.indexOf(terminal);
    const better = front.find((place) => mayMove(slots[place] ?? terminal));
    if (at < 0 || front.includes(at) || held.has(terminal) || better === undefined) continue;
    slots[at] = slots[better] ?? terminal;
    slots[better] = terminal;
  }
  return slots;
}

/** All by need, as a person asks for it by key; the layout shows as many as have room. */
export function orderedSlots(wishes: SlotWishes): readonly number[] {
  return byNeed(wishes);
}

/** The foremost places of those that may move, as many as there are terminals for them. */
function frontPlaces(slots: readonly number[], needy: readonly number[], held: ReadonlySet<number>): readonly number[] {
  const open = slots.flatMap((terminal, place) => (held.has(terminal) ? [] : [place]));
  return open.slice(0, needy.filter((terminal) => slots.includes(terminal) && !held.has(terminal)).length);
}

function byNeed({ terminals, attention }: SlotWishes): readonly number[] {
  return [
    ...attention.filter((terminal) => terminals.includes(terminal)),
    ...terminals.filter((terminal) => !attention.includes(terminal)),
  ];
}
