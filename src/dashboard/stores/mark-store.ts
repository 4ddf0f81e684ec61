/** What the programs of all terminals tell besides their screens, as the engine last said: bells, notifications, progress, titles. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { TerminalMarks } from "../../protocol/messages.ts";

export type MarkSnapshot = Readonly<Record<number, TerminalMarks>>;

export interface MarkStore extends StoreApi<MarkSnapshot> {
  update(marks: TerminalMarks): void;
  /** An engine that has just been attached to tells all that it has. */
  clear(): void;
}

export function createMarkStore(): MarkStore {
  const store = createStore<MarkSnapshot>(() => ({}));
  return {
    ...store,
    update: ({ terminal, bell, notice, progress, title, readingBack }) =>
      store.setState({ [terminal]: { terminal, bell, notice, progress, title, ...(readingBack ? { readingBack } : {}) } }),
    clear: () => store.setState({}, true),
  };
}
