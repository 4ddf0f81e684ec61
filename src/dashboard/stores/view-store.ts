/** What a person looks at and what has the keys. Plain data; `controller.ts` and the commands change it. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { MessageOverlay } from "./message-overlays.ts";
import type { LaneKind } from "../../marathon/time/lanes.ts";
import type { Size } from "../geometry.ts";
import type { CopyView, LineRef, SearchView } from "./reading.ts";
import { defaultLook, type Look } from "../layout/arrangement.ts";

export type View = "board" | "zoom" | "scratchpad" | "time";

/** How the timeline is looked at. */
export interface TimeLook {
  /** Null: what the plan has, sessions first. */
  readonly by: LaneKind | null;
  /** The whole length fills so many screens. */
  readonly zoom: number;
  /** Where the screen begins, as a share of the whole length; null: wherever now is in sight. */
  readonly from: number | null;
}
/** What has the keys on the board: the panes or one of the lists beside them. */
export type RailName = "streams" | "blockers" | "hierarchy" | "terminals";
export type Area = "panes" | RailName;

export interface Choice {
  readonly label: string;
  readonly help: string;
  readonly run: () => void;
}

/** The one thing that may lie over the panes and take the keys. */
export type Overlay =
  | MessageOverlay
  | { readonly kind: "none" }
  /** The keys whose row has every word of `query`; `typing`: printable keys are typed into it. */
  | { readonly kind: "help"; readonly scroll: number; readonly query: string; readonly typing: boolean }
  | { readonly kind: "palette"; readonly query: string; readonly index: number }
  /** A question with buttons; `index` is the one that Enter takes. Confirmations start on "no". */
  | {
      readonly kind: "choice";
      readonly title: string;
      readonly body: readonly string[];
      readonly choices: readonly Choice[];
      readonly index: number;
      /** The help of the choices is what decides: it is shown whole, below each. */
      readonly wide?: true;
    }
  /** The page of a blocker, by its id. */
  | { readonly kind: "blocker"; readonly id: string; readonly scroll: number }
  | Notice
  /** One line of text to be typed; `body` says above it what it is about. */
  | {
      readonly kind: "input";
      readonly title: string;
      readonly body?: readonly string[];
      readonly text: string;
      readonly submit: (text: string) => void;
    };

/** A page to be read. `about`: the question that it answers, for a page that is kept up to date. */
export interface Notice {
  readonly kind: "notice";
  readonly title: string;
  readonly body: readonly string[];
  readonly scroll: number;
  readonly about?: symbol;
}

export interface Toast {
  readonly id: number;
  readonly tone: "plain" | "good" | "warn" | "bad" | "person";
  readonly text: string;
}

/** The scratchpad file that is open, once it has been read. */
export interface OpenFile {
  readonly path: string;
  readonly lines: readonly string[] | null;
  readonly error: string | null;
}

export interface ViewSnapshot {
  readonly size: Size;
  readonly view: View;
  /** How the board is laid out. */
  readonly look: Look;
  readonly context: "dashboard" | "take-over";
  /** The terminal that keys and take-over mean; 0 before any is known. */
  readonly focused: number;
  /** The person went there; at first a terminal is in front that nobody asked for. */
  readonly picked: boolean;
  /** A list has the keys because the person was led there, not because they asked for that list. */
  readonly led: boolean;
  readonly area: Area;
  /** The terminals in the board's panes, by slot. Kept so that panes stay where they are. */
  readonly slots: readonly number[];
  readonly selected: Readonly<Record<RailName | "scratchpad" | "time", number>>;
  /** Lines scrolled up from the bottom, by terminal. */
  readonly scroll: Readonly<Record<number, number>>;
  /** The line at the top of panes that somebody reads in, by terminal; holds while `scroll` is not 0. */
  readonly tops: Readonly<Record<number, LineRef>>;
  /** What is looked for in the terminals, and what is selected in one. */
  readonly search: SearchView | null;
  readonly copy: CopyView | null;
  /** Nodes of the hierarchy that are folded, by id. */
  readonly collapsed: Readonly<Record<string, boolean>>;
  readonly overlay: Overlay;
  readonly toasts: readonly Toast[];
  readonly time: TimeLook;
  readonly file: OpenFile | null;
  readonly fileScroll: number;
}

export interface ViewStore extends StoreApi<ViewSnapshot> {
  /** Shows a line for `ms` milliseconds. */
  toast(text: string, tone?: Toast["tone"], ms?: number): void;
  /** Cancels what is still waiting to disappear. */
  stop(): void;
}

export interface ViewStoreOptions {
  readonly size: Size;
  /** Calls back after `ms`; returns how to cancel. Injected so that tests hold the clock. */
  readonly later: (ms: number, callback: () => void) => () => void;
}

export const noOverlay: Overlay = { kind: "none" };

export function createViewStore(options: ViewStoreOptions): ViewStore {
  const store = createStore<ViewSnapshot>(() => initialView(options.size));
  const waiting = new Set<() => void>();
  let nextToast = 1;
  return {
    ...store,
    toast(text, tone = "plain", ms = 4000) {
      const id = nextToast++;
      // Three lines of toasts are as many as a person reads before they go.
      store.setState((view) => ({ toasts: [...view.toasts.filter((toast) => toast.text !== text), { id, tone, text }].slice(-3) }));
      const cancel = options.later(ms, () => {
        waiting.delete(cancel);
        store.setState((view) => ({ toasts: view.toasts.filter((toast) => toast.id !== id) }));
      });
      waiting.add(cancel);
    },
    stop() {
      for (const cancel of waiting) cancel();
      waiting.clear();
    },
  };
}

function initialView(size: Size): ViewSnapshot {
  return {
    size,
    view: "board",
    look: defaultLook,
    context: "dashboard",
    focused: 0,
    picked: false,
    led: false,
    area: "panes",
    slots: [],
    selected: { streams: 0, blockers: 0, hierarchy: 0, terminals: 0, scratchpad: 0, time: 0 },
    scroll: {},
    tops: {},
    search: null,
    copy: null,
    collapsed: {},
    overlay: noOverlay,
    toasts: [],
    time: { by: null, zoom: 1, from: null },
    file: null,
    fileScroll: 0,
  };
}
