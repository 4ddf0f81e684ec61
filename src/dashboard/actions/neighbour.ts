import type { PaneRect } from "../layout.ts";

/** The terminal of the pane that lies in a direction: the nearest that overlaps the other axis, then the one that overlaps most. */
export function neighbourOf(panes: readonly PaneRect[], from: number, direction: "left" | "right" | "up" | "down"): number | null {
  const start = panes.find((pane) => pane.terminal === from)?.inner;
  if (start === undefined) return null;
  const sideways = direction === "left" || direction === "right";
  const forward = direction === "right" || direction === "down" ? 1 : -1;
  const along = (pane: PaneRect["inner"]) => (sideways ? [pane.x, pane.width] : [pane.y, pane.height]) as readonly [number, number];
  const across = (pane: PaneRect["inner"]) => (sideways ? [pane.y, pane.height] : [pane.x, pane.width]) as readonly [number, number];
  const [startAt] = along(start);
  let best: { readonly terminal: number; readonly distance: number; readonly overlap: number } | null = null;
  for (const pane of panes) {
    const distance = (along(pane.inner)[0] - startAt) * forward;
    const overlap = overlapOf(across(start), across(pane.inner));
    if (distance <= 0 || overlap <= 0) continue;
    if (best === null || distance < best.distance || (distance === best.distance && overlap > best.overlap))
      best = { terminal: pane.terminal, distance, overlap };
  }
  return best?.terminal ?? null;
}

function overlapOf(a: readonly [number, number], b: readonly [number, number]): number {
  return Math.min(a[0] + a[1], b[0] + b[1]) - Math.max(a[0], b[0]);
}
