/** Blockers for people: a line each, or everything about one. Pure. */
import { blockerViews, holderWords, viewOf, type BlockerView } from "../marathon/blockers.ts";
import { blockerPage } from "../marathon/blocker-page.ts";
import { isSilence } from "../marathon/silence.ts";
import { stopwatch } from "../dashboard/format.ts";
import type { Blocker, State } from "../marathon/types.ts";
import { listed, oneLine } from "../marathon/words.ts";

export function blockersText(state: State, t: number, all: boolean): string {
  const views = blockerViews(state, t, (blocker) => all || blocker.state === "open");
  const more = Object.values(state.blockers).filter((blocker) => blocker.state === "parked" || blocker.state === "known").length;
  const lines = views.map((view) => line(state, view, all));
  if (lines.length === 0) lines.push("no blocker is open");
  if (!all && more > 0) lines.push(`${more} more ${more === 1 ? "is" : "are"} parked or known: --all shows them`);
  return `${lines.join("\n")}\n`;
}

/** Everything about one blocker, in the sections of the dashboard's page. */
export function blockerText(state: State, t: number, blocker: Blocker): string {
  const sections = blockerPage(state, t, viewOf(state, t, blocker), clockTime);
  const text = sections.flatMap(({ title, lines }) => ["", title, ...lines.map((words) => `  ${words}`)]);
  return `${blocker.id}  ${blocker.priority}  ${blocker.state}  ${oneLine(blocker.title, 200)}\n${text.join("\n")}\n`;
}

/** "03:14:07Z": as `marathon events` says it, the same for everybody who reads it. */
function clockTime(at: number): string {
  return `${new Date(at).toISOString().slice(11, 19)}Z`;
}

function line(state: State, { blocker, ageMs, toEscalationMs, affects }: BlockerView, all: boolean): string {
  const now = all ? ` ${blocker.state.padEnd(8)}` : "";
  const where = blocker.terminal === null ? "   " : `T${blocker.terminal}`.padEnd(3);
  const clock = blocker.state === "open" && toEscalationMs < 0 ? "over" : "    ";
  const hits = affects.flatMap((item) => (item.kind === "session" ? [item.id] : []));
  // A silence is about work that still runs, or seems to.
  const verb = isSilence(state, blocker) ? "about" : "stops";
  const stops = blocker.tasks.length > 0 ? [`${verb} ${listed(blocker.tasks)}`] : [];
  const sessions = hits.length > 0 ? [`hits ${listed(hits)}`] : [];
  const effects = [...stops, ...sessions].join(", ") || "stops no task";
  return `${blocker.id.padEnd(4)} ${blocker.priority}${now} ${where} ${stopwatch(ageMs).padStart(7)} ${clock} with ${holderWords(blocker.holder)}: ${effects}: ${oneLine(blocker.title, 120)}`;
}
