/** What keys do in the lists of the board, in the scratchpad, and on the pages that lie over the panes. */
import type { Actions } from "./actions.ts";
import type { ActionPorts } from "./actions-of.ts";
import { helpLines } from "./views/overlay.ts";
import type { Screen } from "./screen.ts";
import type { Stores } from "./stores/stores.ts";
import type { RailName } from "./stores/view-store.ts";
import { scratchFiles } from "./views/scratchpad.ts";

type ListActions = Pick<Actions, "move" | "movePage" | "moveTo" | "fold" | "openSelected">;

interface Parts extends ActionPorts {
  readonly stores: Stores;
  readonly screen: Screen;
}

export function createListActions(parts: Parts, focus: (terminal: number) => void): ListActions {
  const { stores, screen } = parts;
  const openFile = fileOpener(parts);
  const scrollPage = (rows: number): boolean => {
    const { overlay } = stores.view.getState();
    if (overlay.kind !== "help" && overlay.kind !== "notice") return false;
    const { layout, commands } = screen.frame();
    const inner = { width: (layout.overlay?.width ?? 4) - 4, height: (layout.overlay?.height ?? 2) - 2 };
    const lines = overlay.kind === "help" ? helpLines(commands, null, inner.width, false).length : overlay.body.length;
    stores.view.setState({ overlay: { ...overlay, scroll: clamp(overlay.scroll + rows, 0, Math.max(0, lines - inner.height)) } });
    return true;
  };
  const select = (row: number) => {
    const name = currentList(parts);
    if (name === null) return;
    const last = itemCount(parts, name) - 1;
    stores.view.setState((view) => ({ selected: { ...view.selected, [name]: clamp(row, 0, Math.max(0, last)) } }));
    if (name === "scratchpad") openFile();
  };
  const selected = () => {
    const name = currentList(parts);
    return name === null ? 0 : clamp(stores.view.getState().selected[name], 0, Math.max(0, itemCount(parts, name) - 1));
  };
  return {
    move(rows) {
      if (!scrollPage(rows)) select(selected() + rows);
    },
    movePage(pages) {
      const { layout, view } = screen.frame();
      if (scrollPage(Math.trunc(pages * Math.max(1, (layout.overlay?.height ?? 4) - 4)))) return;
      if (view.view === "scratchpad") {
        const height = layout.lists.find((list) => list.name === "file")?.inner.height ?? 10;
        const last = Math.max(0, (view.file?.lines?.length ?? 0) - 1);
        stores.view.setState({ fileScroll: clamp(view.fileScroll + Math.trunc(pages * height), 0, last) });
        return;
      }
      const height = layout.lists.find((list) => list.name === view.area)?.inner.height ?? 10;
      select(selected() + Math.trunc(pages * height));
    },
    moveTo(end) {
      if (!scrollPage(end === "top" ? -1e9 : 1e9)) select(end === "top" ? 0 : Number.MAX_SAFE_INTEGER);
    },
    fold(folded) {
      const node = screen.frame().facts?.tree[selected()];
      if (node === undefined) return;
      const { collapsed } = stores.view.getState();
      const now = collapsed[node.id] === true;
      const wanted = folded ?? !now;
      if (node.children && wanted !== now) return stores.view.setState({ collapsed: { ...collapsed, [node.id]: wanted } });
      if (wanted) select(parentRow(parts, selected()));
    },
    openSelected() {
      const { facts, view } = screen.frame();
      if (view.view === "scratchpad") return openFile();
      const row = selected();
      const terminal = facts === null ? null : terminalOf(parts, view.area, row);
      if (terminal !== null) return focus(terminal);
      if (view.area === "hierarchy") this.fold();
      else stores.view.toast("no terminal works on that now");
    },
  };
}

function currentList({ stores }: Parts): RailName | "scratchpad" | null {
  const view = stores.view.getState();
  if (view.view === "scratchpad") return "scratchpad";
  return view.view === "board" && view.area !== "panes" ? view.area : null;
}

function itemCount({ screen }: Parts, name: RailName | "scratchpad"): number {
  const frame = screen.frame();
  if (name === "scratchpad") return scratchFiles(frame).length;
  const { facts } = frame;
  if (facts === null) return 0;
  return name === "streams" ? facts.lanes.rows.length : name === "blockers" ? facts.blockers.length : name === "terminals" ? facts.terminals.length : facts.tree.length;
}

/** The terminal that a row is about. For a stream, the first of its terminals that needs a look. */
function terminalOf({ screen }: Parts, area: string, row: number): number | null {
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

function parentRow({ screen }: Parts, row: number): number {
  const tree = screen.frame().facts?.tree ?? [];
  const depth = tree[row]?.depth ?? 0;
  for (let above = row - 1; above >= 0; above--) if ((tree[above]?.depth ?? 0) < depth) return above;
  return row;
}

/** Reads the selected file; what comes back after another one was selected is dropped. */
function fileOpener(parts: Parts): () => void {
  return () => {
    const frame = parts.screen.frame();
    const file = scratchFiles(frame)[frame.view.selected.scratchpad];
    if (file === undefined) return parts.stores.view.setState({ file: null, fileScroll: 0 });
    const { path } = file;
    const still = () => parts.stores.view.getState().file?.path === path;
    parts.stores.view.setState((view) => (view.file?.path === path ? view : { file: { path, lines: null, error: null }, fileScroll: 0 }));
    parts.readFile(path).then(
      (text) => {
        if (still()) parts.stores.view.setState({ file: { path, lines: text.split(/\r?\n/u), error: null } });
      },
      (error: unknown) => {
        if (still()) parts.stores.view.setState({ file: { path, lines: null, error: `reading ${path} failed: ${error instanceof Error ? error.message : String(error)}` } });
      },
    );
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
