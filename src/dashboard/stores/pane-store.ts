/** What the engine tells about the terminals that are shown: title, modes, scrollback. Their cells never pass through a store. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { PaneModes } from "../../protocol/messages.ts";

export interface PaneMeta {
  readonly title: string;
  readonly modes: PaneModes;
  readonly cols: number;
  readonly rows: number;
  /** Lines above the screen. */
  readonly scrollback: number;
  /** Lines scrolled up, as the engine holds it. */
  readonly scroll: number;
}

export type PaneSnapshot = Readonly<Record<number, PaneMeta>>;

export interface PaneStore extends StoreApi<PaneSnapshot> {
  update(terminal: number, meta: PaneMeta): void;
}

export function createPaneStore(): PaneStore {
  const store = createStore<PaneSnapshot>(() => ({}));
  return {
    ...store,
    update(terminal, meta) {
      store.setState({ [terminal]: meta });
    },
  };
}
