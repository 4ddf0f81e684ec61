import { createContext, useContext, useRef, useSyncExternalStore } from "react";
import type { Frame, Screen } from "../src/dashboard/screen.ts";
import type { Canvas } from "../src/dashboard/terminal/canvas.ts";

export interface Ground {
  readonly screen: Screen;
  readonly canvas: Pick<Canvas, "arrange">;
}

/** What a region is drawn from, and what it is drawn on. */
export const GroundContext = createContext<Ground | null>(null);

export function useCanvas(): Ground["canvas"] {
  return useGround().canvas;
}

/**
 * A slice of the frame. The component draws again only when `same` says that its slice differs, so a tick of the clock costs a
 * comparison where nothing changed.
 */
export function useFrame<T>(select: (frame: Frame) => T, same: (a: T, b: T) => boolean = Object.is): T {
  const { screen } = useGround();
  const last = useRef<{ readonly value: T } | null>(null);
  return useSyncExternalStore(screen.subscribe, () => {
    const value = select(screen.frame());
    if (last.current === null || !same(last.current.value, value)) last.current = { value };
    return last.current.value;
  });
}

function useGround(): Ground {
  const ground = useContext(GroundContext);
  if (ground === null) throw new Error("a component of the dashboard was drawn alone: wrap it in GroundContext.Provider");
  return ground;
}
