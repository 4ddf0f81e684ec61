/**
 * Everything a frame is made of, as one object that stands still: components read a slice of it, the controller decides with it.
 * It is computed at most once per change of a store or second of the clock, whoever asks first.
 */
import type { Command } from "./commands.ts";
import { factsKeeper } from "./facts.ts";
import type { Facts } from "./facts/types.ts";
import type { State } from "../marathon/types.ts";
import { layout, type Layout, type LayoutInput } from "./layout.ts";
import type { SlotWishes } from "./layout/slots.ts";
import type { MarathonSnapshot } from "./stores/marathon-store.ts";
import type { MarkSnapshot } from "./stores/mark-store.ts";
import type { PaneSnapshot } from "./stores/pane-store.ts";
import type { Stores } from "./stores/stores.ts";
import type { ViewSnapshot } from "./stores/view-store.ts";
import type { Theme } from "./theme.ts";
import { overlayWish } from "./views/overlay.ts";

export interface Frame {
  readonly marathon: MarathonSnapshot;
  readonly view: ViewSnapshot;
  readonly panes: PaneSnapshot;
  readonly marks: MarkSnapshot;
  readonly facts: Facts | null;
  /** Marathon time, ms of t. */
  readonly now: number;
  readonly layout: Layout;
  readonly theme: Theme;
  readonly commands: readonly Command[];
}

export interface Screen {
  frame(): Frame;
  /** Calls back after anything changed that may show. Answers how to stop. */
  readonly subscribe: (listener: () => void) => () => void;
  /** To be called once a second: ages and clocks move on. */
  tick(): void;
  stop(): void;
}

export interface ScreenOptions {
  readonly stores: Stores;
  readonly commands: readonly Command[];
  readonly theme: Theme;
  /** Calls back after `ms`; answers how to cancel. */
  readonly later: (ms: number, callback: () => void) => () => void;
}

// Events may come by the thousand a second; more than this many frames a second nobody sees, and each costs Ink 5 ms.
const marathonFrameMs = 50;

// Who types into a terminal waits for the echo: what is drawn around it comes after that, and still in the same blink.
const takeOverFrameMs = 8;

export function createScreen(options: ScreenOptions): Screen {
  const { stores } = options;
  const listeners = new Set<() => void>();
  const build = frameBuilder(options);
  let cached: Frame | null = null;
  let cancel: (() => void) | null = null;
  const changed = () => {
    cancel?.();
    cancel = null;
    cached = null;
    for (const listener of listeners) listener();
  };
  // Decisions are made on what is known now; only drawing waits.
  const changedSoon = () => {
    cached = null;
    cancel ??= options.later(marathonFrameMs, changed);
  };
  // A key's effect is shown at once, what the engine tells within a frame.
  const unsubscribe = [
    stores.view.subscribe((now, before) => {
      if (now.context !== "take-over" || before.context !== "take-over") return changed();
      cached = null;
      cancel?.();
      cancel = options.later(takeOverFrameMs, changed);
    }),
    stores.marathon.subscribe((now, before) => {
      // Clock messages only correct the clock; its hands move with `tick`.
      if (now.state !== before.state || now.connection !== before.connection) changedSoon();
    }),
    stores.panes.subscribe(changedSoon),
    stores.marks.subscribe(changedSoon),
  ];
  return {
    frame: () => (cached ??= build()),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tick: changed,
    stop() {
      cancel?.();
      for (const one of unsubscribe) one();
      listeners.clear();
    },
  };
}

/** Builds frames that share with the one before whatever has not changed. */
function frameBuilder({ stores, commands, theme }: ScreenOptions): () => Frame {
  const factsAt = factsKeeper();
  let known: {
    readonly state: State;
    readonly second: number;
    readonly collapsed: ViewSnapshot["collapsed"];
    readonly facts: Facts;
  } | null = null;
  const factsNow = (collapsed: ViewSnapshot["collapsed"]): Facts | null => {
    const { state } = stores.marathon.getState();
    if (state === null) return null;
    const t = stores.marathon.now();
    const second = Math.floor(t / 1000);
    if (known === null || known.state !== state || known.second !== second || known.collapsed !== collapsed) {
      known = { state, second, collapsed, facts: factsAt(state, t, collapsed) };
    }
    return known.facts;
  };
  const layoutNow = layoutKeeper(commands, theme);
  return () => {
    const view = stores.view.getState();
    const facts = factsNow(view.collapsed);
    return {
      marathon: stores.marathon.getState(),
      view,
      panes: stores.panes.getState(),
      marks: stores.marks.getState(),
      now: stores.marathon.now(),
      facts,
      layout: layoutNow(view, facts),
      theme,
      commands,
    };
  };
}

/** Layouts that may come back: a person zooms in and out, opens an overlay and closes it. */
const REMEMBERED_LAYOUTS = 8;

/** Layouts that are the same object as long as nothing has moved, and again when all is where it was: what is drawn of one is kept by it. */
function layoutKeeper(commands: readonly Command[], theme: Theme): (view: ViewSnapshot, facts: Facts | null) => Layout {
  const known = new Map<string, Layout>();
  const same = (next: Layout): Layout => {
    const key = JSON.stringify(next);
    const found = known.get(key) ?? next;
    // The one that was looked at last is forgotten last.
    known.delete(key);
    known.set(key, found);
    for (const oldest of known.keys()) if (known.size > REMEMBERED_LAYOUTS) known.delete(oldest);
    return found;
  };
  let last: { readonly given: readonly unknown[]; readonly layout: Layout } | null = null;
  return (view, facts) => {
    // All of the facts that decides where things are; see layoutInput.
    const given = [view, facts?.terminals, facts?.lookOrder, facts?.lanes.rows.length, facts?.blockers.length];
    if (last === null || given.some((one, index) => one !== last?.given[index]))
      last = { given, layout: same(layout(layoutInput(view, facts, commands, theme))) };
    return last.layout;
  };
}

/** What most blockers need to say what matters: title, who has it, a line of evidence. */
const BLOCKER_ROWS = 3;

function layoutInput(view: ViewSnapshot, facts: Facts | null, commands: readonly Command[], theme: Theme): LayoutInput {
  return {
    size: view.size,
    view: view.view,
    area: view.area,
    frames: view.look.frames,
    lanes: facts?.lanes.rows.length ?? 0,
    // Only while somebody walks through it: by itself nothing on the screen moves.
    blockers: view.area === "blockers" ? (facts?.blockers.length ?? 0) * BLOCKER_ROWS : 0,
    overlay: overlayWish({ view, commands, theme }),
    ...slotWishes(view, facts),
  };
}

/** What decides which terminal has which place. */
export function slotWishes(view: ViewSnapshot, facts: Facts | null): SlotWishes {
  return {
    arrangement: view.look.arrangement,
    slots: view.slots,
    terminals: facts?.terminals.map((terminal) => terminal.number) ?? [],
    focused: view.focused,
    attention: facts?.lookOrder ?? [],
    needy: new Set(facts?.terminals.filter((terminal) => terminal.needsPerson).map((terminal) => terminal.number) ?? []),
  };
}
