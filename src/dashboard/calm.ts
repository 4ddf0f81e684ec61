/**
 * Panes move by themselves only at calm moments: nobody types into a terminal, copies from one or reads a page, no key was pressed
 * for a while, and no pane has just moved. What is in front, or scrolled back to be read, stays where it is even then. Each move is
 * said.
 */
import { calmSlots } from "./layout/slots.ts";
import { slotWishes, type Frame, type Screen } from "./screen.ts";
import type { Stores } from "./stores/stores.ts";
import type { ViewSnapshot } from "./stores/view-store.ts";

/** Without a key for so long the person is looking, not doing, ms. */
export const CALM_MS = 3000;

export interface CalmParts {
  readonly stores: Stores;
  readonly screen: Screen;
  /** Wall clock in ms. */
  readonly wallClock: () => number;
}

export interface Calm {
  /** The person did something. */
  touched(): void;
  /** To be called whenever something changed, at least once a second. */
  settle(): void;
}

export function createCalm({ stores, screen, wallClock }: CalmParts): Calm {
  let stillSince = Number.NEGATIVE_INFINITY;
  return {
    touched() {
      stillSince = wallClock();
    },
    settle() {
      const frame = screen.frame();
      if (!isCalm(frame) || wallClock() - stillSince < CALM_MS) return;
      const { view, facts, layout } = frame;
      const wishes = { ...slotWishes(view, facts), slots: layout.slots };
      const slots = calmSlots(wishes, held(view));
      const moved = slots.filter((terminal, place) => layout.slots[place] !== terminal && wishes.needy.has(terminal));
      if (moved.length === 0) return;
      stillSince = wallClock();
      stores.view.setState({ slots });
      stores.view.toast(movesText(moved, layout.slots, slots), "person", 8000);
    },
  };
}

function isCalm({ view, layout }: Frame): boolean {
  const hasPlaces = layout.kind === "board" && !layout.oneInFront && layout.panes.length > 0;
  return hasPlaces && view.context === "dashboard" && view.overlay.kind === "none" && !view.search && !view.copy;
}

function held({ focused, scroll }: ViewSnapshot): ReadonlySet<number> {
  const read = Object.entries(scroll).flatMap(([terminal, lines]) => (lines > 0 ? [Number(terminal)] : []));
  return new Set([focused, ...read]);
}

/** "T7 needs a look: its pane came to the front"; "T9 needs a look: it is shown where T3 was". */
function movesText(moved: readonly number[], before: readonly number[], after: readonly number[]): string {
  const names = moved.map((terminal) => `T${terminal}`).join(" ");
  const [first] = moved;
  if (first === undefined || moved.length > 1) return `${names} need a look: their panes came to the front`;
  if (before.includes(first)) return `${names} needs a look: its pane came to the front`;
  const gone = before.filter((terminal) => !after.includes(terminal)).map((terminal) => `T${terminal}`);
  return `${names} needs a look: it is shown instead of ${gone.join(" ")}`;
}
