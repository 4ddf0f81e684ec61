/** What needs a person in the order of urgency: each press of a key goes one on and says what it is. */
import type { AttentionFacts, Facts } from "../facts/types.ts";
import type { ViewSnapshot } from "../stores/view-store.ts";
import type { ActionParts } from "./create.ts";

interface Stop {
  readonly item: AttentionFacts;
  /** The row of its blocker in the list, to which a person is led; null: to the terminal's pane. */
  readonly row: number | null;
  readonly text: string;
}

export function needyWalk({ stores, screen }: ActionParts, focus: (terminal: number) => void): () => void {
  // Some of it has no place on the screen, so where the walk has come to cannot always be read off the screen.
  let last: { readonly item: string; readonly place: string } | null = null;
  return () => {
    const { facts, view } = screen.frame();
    const stops = stopsOf(facts);
    const walked = last?.place === placeOf(view) ? stops.findIndex(({ item }) => nameOf(item) === last?.item) : -1;
    const here = walked >= 0 ? walked : stops.findIndex((stop) => isAt(view, stop));
    const next = stops[(here + 1) % Math.max(1, stops.length)];
    if (next === undefined) return;
    stores.view.toast(next.text, "warn");
    const { terminal } = next.item;
    if (next.row !== null) {
      const [selected, focused] = [{ ...view.selected, blockers: next.row }, terminal ?? view.focused];
      stores.view.setState({ view: "board", area: "blockers", led: true, selected, focused });
    } else if (terminal !== null) {
      if (view.view === "scratchpad") stores.view.setState({ view: "board" });
      focus(terminal);
    }
    last = { item: nameOf(next.item), place: placeOf(stores.view.getState()) };
  };
}

/** A stop for each blocker and for each other terminal. Several things about one terminal are said at its first stop. */
function stopsOf(facts: Facts | null): readonly Stop[] {
  const items = facts?.attention ?? [];
  const first = items.filter(
    ({ terminal, blocker }, index) =>
      blocker !== null || terminal === null || items.findIndex((one) => one.terminal === terminal) === index,
  );
  return first.map((item): Stop => {
    const open = (facts?.blockers ?? []).filter(({ state, terminal }) => state === "open" && terminal === item.terminal);
    const listed = item.blocker !== null && (item.terminal === null || open.length > 1);
    const row = listed ? (facts?.blockers.findIndex(({ id }) => id === item.blocker) ?? -1) : -1;
    const asks = item.blocker !== null && items.some(({ kind, terminal }) => kind === "asking" && terminal === item.terminal);
    const text = item.blocker === null ? item.text : `${item.blocker} ${item.text}`;
    return { item, row: row < 0 ? null : row, text: asks ? `${text}; and terminal ${item.terminal} asks (a)` : text };
  });
}

function isAt(view: ViewSnapshot, { item, row }: Stop): boolean {
  if (row !== null) return view.view === "board" && view.area === "blockers" && view.selected.blockers === row;
  return item.terminal !== null && view.area === "panes" && view.focused === item.terminal;
}

function nameOf({ kind, terminal, blocker }: AttentionFacts): string {
  return `${kind} ${blocker ?? terminal ?? ""}`;
}

function placeOf({ view, area, focused, selected }: ViewSnapshot): string {
  return `${view} ${area} ${focused} ${area === "blockers" ? selected.blockers : ""}`;
}
