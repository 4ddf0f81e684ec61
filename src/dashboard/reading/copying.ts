/** Copy mode: a cursor in a pane that stands still, what is selected with it, and where that goes. */
import type { Motion, MoveAnswer, MoveRequest, Place, Shape, TextAnswer } from "../../protocol/reading.ts";
import type { CopyView } from "../stores/reading.ts";
import { bringIntoSight, heightOf, lookoutOf, placed, type ReadingParts, screenTopOf, topOf } from "./place.ts";

export interface CopyActions {
  begin(): void;
  move(motion: Exclude<Motion, "rows">): void;
  /** Rows down, negative for up. */
  rows(count: number): void;
  /** Parts of the pane's height down, the view with the cursor. */
  page(pages: number): void;
  toRow(row: "top" | "middle" | "bottom"): void;
  /** Begins a selection of that shape here, gives the one there is that shape, or ends it. */
  select(shape: Shape): void;
  /** To the other end of the selection. */
  swap(): void;
  /** Copies what is selected, and leaves. */
  copy(): void;
  leave(): void;
}

export interface Copying extends CopyActions {
  /** Sets the cursor; false when nothing is being selected in that terminal. */
  goTo(place: Place & { readonly terminal: number; readonly era: number }): boolean;
  paneChanged(terminal: number): void;
}

/** A column behind every row's end. */
const FAR = 100_000;

export function createCopying(parts: ReadingParts): Copying {
  const moves = new Moves(parts);
  const { view } = parts.stores;
  const set = (change: (copy: CopyView) => Partial<CopyView>) =>
    view.setState(({ copy }) => (copy ? { copy: { ...copy, ...change(copy) } } : {}));
  const setNext = (change: (copy: CopyView) => Partial<CopyView>) => moves.after(() => set(change));
  return {
    begin: () => begin(parts, moves),
    move: (motion) => moves.add(() => ({ motion, count: 1 })),
    rows: (count) => moves.add(() => ({ motion: "rows", count })),
    page(pages) {
      moves.add((copy) => {
        const rows = Math.trunc(pages * heightOf(parts, copy.terminal));
        scroll(parts, copy, rows);
        return { motion: "rows", count: rows };
      });
    },
    toRow(row) {
      moves.add((copy) => {
        const height = heightOf(parts, copy.terminal);
        const top = topOf(parts, copy.terminal)?.line ?? copy.line;
        const line = top + { top: 0, middle: Math.floor((height - 1) / 2), bottom: height - 1 }[row];
        return { motion: "rows", count: line - copy.line };
      });
    },
    select(shape) {
      setNext(({ anchor, line, x, shape: now }) => ({ shape, anchor: anchor === null ? { line, x } : shape === now ? null : anchor }));
    },
    swap: () => setNext(({ anchor, line, x }) => (anchor ? { anchor: { line, x }, line: anchor.line, x: anchor.x, want: anchor.x } : {})),
    copy: () => moves.after(() => copyOut(parts)),
    leave: () => leave(parts),
    goTo({ terminal, era, line, x }) {
      const { copy } = view.getState();
      if (copy?.terminal !== terminal || copy.era !== era) return false;
      set(() => ({ line, x, want: x }));
      bringIntoSight(parts, terminal, { era, line, endLine: line });
      return true;
    },
    paneChanged: (terminal) => startAnew(parts, terminal, moves),
  };
}

/** Moves of the cursor, one after the other: the engine knows where words begin, and keys may come faster than it answers. */
class Moves {
  readonly #parts: ReadingParts;
  #queue: Promise<void> = Promise.resolve();

  constructor(parts: ReadingParts) {
    this.#parts = parts;
  }

  /** `wanted` is asked when the moves before are done. */
  add(wanted: (copy: CopyView) => Pick<MoveRequest, "motion" | "count">): void {
    this.after(async () => {
      const { copy } = this.#parts.stores.view.getState();
      if (copy) await this.#move(copy, wanted(copy));
    });
  }

  after(act: () => void | Promise<void>): void {
    this.#queue = this.#queue.then(act).catch((error: unknown) => {
      this.#parts.stores.view.toast(error instanceof Error ? error.message : String(error), "bad");
    });
  }

  async #move(
    { terminal, era, line, x, want, shape, anchor }: CopyView,
    { motion, count }: Pick<MoveRequest, "motion" | "count">,
  ): Promise<void> {
    const free = shape === "block" && anchor !== null;
    const answer = (await this.#parts.send({ name: "move", terminal, era, from: { line, x }, motion, count, want, free })) as MoveAnswer;
    const { copy } = this.#parts.stores.view.getState();
    if (copy?.terminal !== terminal || copy.era !== era) return;
    const kept = motion === "rows" ? want : motion === "line-end" ? FAR : answer.x;
    this.#parts.stores.view.setState({ copy: { ...copy, line: answer.line, x: answer.x, want: kept } });
    keepInSight(this.#parts, terminal, answer);
  }
}

function keepInSight(parts: ReadingParts, terminal: number, { line, first, screenTop }: MoveAnswer): void {
  const top = topOf(parts, terminal);
  const height = heightOf(parts, terminal);
  if (!top) return;
  const lowest = Math.max(Math.min(top.line, line), line - height + 1);
  const wanted = Math.max(first, Math.min(lowest, Math.max(screenTop, line - height + 1)));
  if (wanted !== top.line) parts.stores.view.setState((view) => placed(view, terminal, { era: top.era, line: wanted }));
}

/** Moves the view of a pane by rows, as far as there are lines. */
function scroll(parts: ReadingParts, { terminal, era }: CopyView, rows: number): void {
  const top = topOf(parts, terminal);
  if (top?.era !== era) return;
  const line = Math.max(0, Math.min(screenTopOf(parts, terminal, era), top.line + rows));
  parts.stores.view.setState((view) => placed(view, terminal, { era, line }));
}

/** Where the search has brought the person, else where the program's cursor is, else in the last row. */
function begin(parts: ReadingParts, moves: Moves, more: Partial<CopyView> = {}): void {
  const { view } = parts.stores;
  const now = view.getState();
  const terminal = now.focused;
  const pane = parts.shown(terminal);
  const top = topOf(parts, terminal);
  if (!pane || !top || now.copy) return;
  const { current } = now.search ?? { current: null };
  const hit = current?.terminal === terminal && current.era === top.era ? { line: current.line, x: current.x } : null;
  const height = heightOf(parts, terminal);
  const cursor = pane.scroll === 0 && pane.top?.line === top.line && pane.cursor.y < height ? pane.cursor : { x: 0, y: height - 1 };
  const at = hit ?? { line: top.line + cursor.y, x: cursor.x };
  const back = now.search?.back ?? lookoutOf(now);
  view.setState({
    copy: { terminal, era: top.era, ...at, want: at.x, anchor: null, shape: "text", dragging: false, back, ...more },
    area: "panes",
    ...placed(now, terminal, top),
    ...(now.search ? { search: { ...now.search, everywhere: false, typing: false } } : {}),
  });
  moves.add(() => ({ motion: "rows", count: 0 }));
}

/** The pane goes back to where it was. */
function leave({ stores }: ReadingParts): void {
  stores.view.setState(({ copy }) => (copy ? { copy: null, search: null, scroll: copy.back.scroll, tops: copy.back.tops } : {}));
}

async function copyOut(parts: ReadingParts): Promise<void> {
  const { view } = parts.stores;
  const { copy } = view.getState();
  if (!copy) return;
  const { terminal, era, anchor, line, x, shape } = copy;
  if (anchor === null) return view.toast("nothing is selected: v begins, V takes lines, Ctrl-v a block", "warn");
  const answer = (await parts.send({ name: "text", terminal, era, from: anchor, to: { line, x }, shape })) as TextAnswer;
  leave(parts);
  if (answer.text === "") return view.toast("there is no text in what was selected", "warn");
  view.toast(`copied ${sizeOf(answer.text)} to ${await parts.copyOut(answer.text)}`, "good", 6000);
}

/** "3 lines", "12 characters": how much was copied. */
export function sizeOf(text: string): string {
  const lines = text.replace(/\n$/u, "").split("\n").length;
  const characters = [...new Intl.Segmenter().segment(text)].length;
  return lines > 1 ? `${lines} lines (${characters} characters)` : `${characters} character${characters === 1 ? "" : "s"}`;
}

/** The lines were cut anew (the pane has another size): the numbers of the old ones mean nothing any more. */
function startAnew(parts: ReadingParts, terminal: number, moves: Moves): void {
  const { copy } = parts.stores.view.getState();
  const top = parts.shown(terminal)?.top;
  if (copy?.terminal !== terminal || !top || top.era === copy.era) return;
  parts.stores.view.setState({ copy: null });
  begin(parts, moves, { back: copy.back });
  if (copy.anchor) parts.stores.view.toast("the pane has another size: select again", "warn");
}
