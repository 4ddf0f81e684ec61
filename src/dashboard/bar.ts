import { span, type Line } from "./lines.ts";
import type { Glyphs, Tone } from "./theme.ts";

/**
 * A progress bar of exactly `columns`, in eighths of a cell where the glyphs have them. Something done always shows, and only
 * everything done is full, so that neither the first nor the last task can hide in the rounding.
 */
export function bar(done: number, total: number, columns: number, glyphs: Glyphs, tone: Tone = "good"): Line {
  if (columns <= 0) return [];
  const steps = glyphs.bar.length - 1;
  const whole = columns * steps;
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
  let filled = Math.round(share * whole);
  if (share > 0 && filled === 0) filled = 1;
  if (share < 1 && filled === whole) filled = whole - 1;
  const full = Math.floor(filled / steps);
  const part = filled % steps;
  const left = (glyphs.bar[steps] ?? "").repeat(full) + (part > 0 ? (glyphs.bar[part] ?? "") : "");
  const right = (glyphs.bar[0] ?? "").repeat(columns - full - (part > 0 ? 1 : 0));
  return [span(left, tone), span(right, "dim")].filter((one) => one.text !== "");
}
