import { age } from "../format.ts";
import { span, type Line } from "../lines.ts";
import type { Glyphs } from "../theme.ts";

/** "▼ 22m behind", "▲ 6m ahead", "= on plan"; empty while nothing can be said. `columns` keeps the figures in their column. */
export function paceLong(behind: number | null, glyphs: Glyphs, columns: boolean): Line {
  if (behind === null) return columns ? [span(" ".repeat(13))] : [];
  const width = columns ? 4 : 0;
  if (behind === 0) return [span(`${glyphs.onPlan} ${columns ? "     " : ""}on plan`.padEnd(columns ? 13 : 0), "dim")];
  const text = `${behind > 0 ? glyphs.behind : glyphs.ahead} ${age(Math.abs(behind)).padStart(width)} ${behind > 0 ? "behind" : "ahead"}`;
  return [span(columns ? text.padEnd(13) : text, behind > 0 ? "warn" : "good")];
}

/** "▼  22m", "= plan": six columns. */
export function paceShort(behind: number | null, glyphs: Glyphs): Line {
  if (behind === null) return [span(" ".repeat(6))];
  if (behind === 0) return [span(`${glyphs.onPlan} plan`, "dim")];
  return [span(`${behind > 0 ? glyphs.behind : glyphs.ahead} ${age(Math.abs(behind)).padStart(4)}`, behind > 0 ? "warn" : "good")];
}
