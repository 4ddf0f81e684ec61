/** Limits of agents' accounts on the timeline: when each begins anew. */
import type { LimitMark } from "../../marathon/time/limits.ts";
import { plain, planTime, timeOfDay } from "../format.ts";
import { span, type Line } from "../lines.ts";
import type { Frame } from "../screen.ts";
import { anewSign } from "./time-bars.ts";

/** One line, the next one first; empty where no agent tells of a limit. */
export function limitLegend({ theme: { glyphs } }: Frame, limits: readonly LimitMark[], now: number): readonly Line[] {
  if (limits.length === 0) return [];
  const holds = limits.some((limit) => limit.holds);
  const words = limits.map((limit) => limitWords(limit, now)).join(` ${glyphs.dot} `);
  return [[span(`${anewSign(glyphs.name === "ascii")} `, holds ? "warn" : "dim"), span(`limits: ${words}`, holds ? "plain" : "dim")]];
}

/** "5 hours: T1 T2 wait, 100 % used, begins anew at 17:05, in 1h 20m". */
export function limitWords({ name, terminals, usedPercent, resetsAt, t, holds }: LimitMark, now: number): string {
  const who = `${terminals.map((number) => `T${number}`).join(" ")}${holds ? (terminals.length === 1 ? " waits for it" : " wait for it") : ""}`;
  const used = usedPercent === null ? "" : `, ${usedPercent} % used`;
  return `${plain(name)}: ${who}${used}, begins anew at ${timeOfDay(resetsAt).slice(0, 5)}, in ${planTime(t - now)}`;
}
