import { createContext, useContext } from "react";
import type { Ground } from "../src/dashboard/terminal/live-region.ts";

/** What a region is drawn from, and what it is drawn on. */
export const GroundContext = createContext<Ground | null>(null);

export function useGround(): Ground {
  const ground = useContext(GroundContext);
  if (ground === null) throw new Error("a component of the dashboard was drawn alone: wrap it in GroundContext.Provider");
  return ground;
}
