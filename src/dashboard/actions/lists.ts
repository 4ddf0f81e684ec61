/** What keys do in the lists of the board, in the scratchpad, and on the pages that lie over the panes. */
import type { Actions } from "../actions.ts";
import type { RailName } from "../stores/view-store.ts";
import { blockerPageLines } from "../views/blocker-page.ts";
import { helpLines } from "../views/help.ts";
import { bodyLines } from "../views/overlay.ts";
import { LANE_LINES, lanesOf } from "../views/time.ts";
import { scratchFiles } from "../views/scratchpad.ts";
import type { ActionParts } from "./create.ts";
import { fileOpener } from "./open-file.ts";
import { laneOpener } from "./time.ts";

type ListActions = Pick<Actions, "move" | "movePage" | "moveTo" | "fold" | "openSelected">;

export function listActions(parts: ActionParts, focus: (terminal: number) => void): ListActions {
  const { stores, screen } = parts;
  const openFile = fileOpener(parts);
  const openLane = laneOpener(parts, focus);
  const select = (row: number) => {
    const name = currentList(parts);
    if (name === null) return;
    stores.view.setState((view) => ({ led: false, selected: { ...view.selected, [name]: clamp(row, 0, itemCount(parts, name) - 1) } }));
    if (name === "scratchpad") openFile();
  };
  const selected = () => selectedRow(parts);
  const fold = (folded?: boolean) => {
    const node = screen.frame().facts?.tree[selected()];
    if (node === undefined) return;
    const { collapsed } = stores.view.getState();
    const wanted = folded ?? !node.folded;
    if (node.children && wanted !== node.folded) stores.view.setState({ collapsed: { ...collapsed, [node.id]: wanted } });
    else if (wanted) select(parentRow(parts, selected()));
  };
  return {
    move(rows) {
      if (!scrollPage(parts, rows)) select(selected() + rows);
    },
    movePage(pages) {
      const { layout, view } = screen.frame();
      if (scrollPage(parts, Math.trunc(pages * Math.max(1, (layout.overlay?.height ?? 4) - 4)))) return;
      if (view.view === "scratchpad") scrollFile(parts, pages);
      else select(selected() + Math.trunc((pages * listHeight(parts, currentList(parts) ?? "")) / (view.view === "time" ? LANE_LINES : 1)));
    },
    moveTo(end) {
      const far = end === "top" ? -1e9 : 1e9;
      if (!scrollPage(parts, far)) select(far);
    },
    fold,
    openSelected() {
      const { view } = screen.frame();
      if (view.view === "scratchpad") return openFile();
      if (view.view === "time") return openLane(selected());
      const terminal = terminalOf(parts, view.area, selected());
      const blocker = view.area === "blockers" ? screen.frame().facts?.blockers[selected()] : undefined;
      if (blocker !== undefined) {
        // Its terminal comes to the front beneath the page; the list keeps the keys.
        return stores.view.setState((now) => ({
          overlay: { kind: "blocker", id: blocker.id, scroll: 0 },
          focused: terminal ?? now.focused,
        }));
      }
      if (terminal !== null) focus(terminal);
      else if (view.area === "hierarchy") fold();
      else stores.view.toast(view.area === "blockers" ? "nothing is blocked" : "no terminal works on that now");
    },
  };
}

/** Scrolls help or a notice. False when neither is open. */
function scrollPage({ stores, screen }: ActionParts, rows: number): boolean {
  const { overlay } = stores.view.getState();
  if (overlay.kind !== "help" && overlay.kind !== "notice" && overlay.kind !== "blocker") return false;
  const frame = screen.frame();
  const width = (frame.layout.overlay?.width ?? 4) - 4;
  const height = (frame.layout.overlay?.height ?? 2) - 2;
  const lines =
    overlay.kind === "help"
      ? helpLines(frame, width)
      : overlay.kind === "blocker"
        ? blockerPageLines(frame, overlay.id, width)
        : bodyLines(overlay.body, width);
  stores.view.setState({ overlay: { ...overlay, scroll: clamp(overlay.scroll + rows, 0, lines.length - height) } });
  return true;
}

function scrollFile(parts: ActionParts, pages: number): void {
  parts.stores.view.setState((view) => ({
    fileScroll: clamp(view.fileScroll + Math.trunc(pages * listHeight(parts, "file")), 0, (view.file?.lines?.length ?? 1) - 1),
  }));
}

function listHeight({ screen }: ActionParts, name: string): number {
  return screen.frame().layout.lists.find((list) => list.name === name)?.inner.height ?? 10;
}

function currentList({ stores }: ActionParts): RailName | "scratchpad" | "time" | null {
  const view = stores.view.getState();
  if (view.view === "scratchpad" || view.view === "time") return view.view;
  return view.view === "board" && view.area !== "panes" ? view.area : null;
}

/** The selected row of the list that has the keys; rows may have gone since it was selected. */
function selectedRow(parts: ActionParts): number {
  const name = currentList(parts);
  return name === null ? 0 : clamp(parts.stores.view.getState().selected[name], 0, itemCount(parts, name) - 1);
}

function itemCount({ screen }: ActionParts, name: RailName | "scratchpad" | "time"): number {
  const frame = screen.frame();
  if (name === "scratchpad") return scratchFiles(frame.marathon.state?.files).length;
  if (name === "time") return lanesOf(frame).length;
  const { facts } = frame;
  if (facts === null) return 0;
  return { streams: facts.lanes.rows, blockers: facts.blockers, terminals: facts.terminals, hierarchy: facts.tree }[name].length;
}

/** The terminal that a row is about. For a stream, the first of its terminals that needs a look. */
function terminalOf({ screen }: ActionParts, area: string, row: number): number | null {
  const { facts } = screen.frame();
  if (facts === null) return null;
  if (area === "terminals") return facts.terminals[row]?.number ?? null;
  if (area === "blockers") return facts.blockers[row]?.terminal ?? null;
  if (area === "hierarchy") {
    const node = facts.tree[row];
    return node === undefined || node.children ? null : node.terminal;
  }
  const lane = facts.lanes.rows[row];
  return facts.lookOrder.find((terminal) => lane?.terminals.includes(terminal)) ?? null;
}

function parentRow({ screen }: ActionParts, row: number): number {
  const tree = screen.frame().facts?.tree ?? [];
  const depth = tree[row]?.depth ?? 0;
  for (let above = row - 1; above >= 0; above--) if ((tree[above]?.depth ?? 0) < depth) return above;
  return row;
}

/** Into the range; an empty one (high below low) gives `low`. */
function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
