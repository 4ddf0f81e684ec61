import { createContext, useContext, useRef, useSyncExternalStore } from "react";
import type { Frame, Screen } from "../src/dashboard/screen.ts";

export const ScreenContext = createContext<Screen | null>(null);

/**
 * A slice of the frame. The component draws again only when `same` says that its slice differs, so a tick of the clock costs a
 * comparison where nothing changed.
 */
export function useFrame<T>(select: (frame: Frame) => T, same: (a: T, b: T) => boolean = Object.is): T {
  const screen = useContext(ScreenContext);
  if (screen === null) throw new Error("a component of the dashboard was drawn outside <App>: wrap it in ScreenContext.Provider");
  const last = useRef<{ readonly value: T } | null>(null);
  return useSyncExternalStore(screen.subscribe, () => {
    const value = select(screen.frame());
    if (last.current === null || !same(last.current.value, value)) last.current = { value };
    return last.current.value;
  });
}
