/** Everything about the hierarchy in force, as sections of plain lines: for the dashboard and the command. */
import type { Section } from "./blocker-page.ts";
import { DIRECT_SHARE_LIMIT, delegationFigures, directShare, HISTORY_OF, type Figure } from "./delegation-figures.ts";
import { checklistLines } from "./delegation-checklist.ts";
import { commander, isChain, route } from "./routing.ts";
import { SPAN, spans } from "./spans.ts";
import type { State } from "./types.ts";
import { counted, listed } from "./words.ts";

/** The sections at marathon time `t` (ms); none is empty. */
export function hierarchyPage(state: State, t: number): readonly Section[] {
  const sections: readonly Section[] = [
    { title: "99 to 1", lines: gauge(state) },
    {
      title: `Figures (recorded: in the reference marathon, another project, in ${HISTORY_OF.slice(0, 3).join(", ")})`,
      lines: delegationFigures(state, t).flatMap(figureLines),
    },
    { title: "Spawned with intent", lines: intents(state) },
    { title: "How complete each delegation is (context, assumptions, decisions, outcome, return path)", lines: checklistLines(state) },
    { title: "Spawns against the hierarchy", lines: violations(state) },
    { title: `Who leads how many (${SPAN.least} to ${SPAN.most} is right)`, lines: spanLines(state, t) },
    { title: "Who owns what", lines: state.hierarchy.routes.map(({ domain, chain }) => `${domain}: ${chain.join(" > ")}`) },
    { title: "Outside the line", lines: outside(state) },
    { title: "Where it comes from", lines: [state.hierarchy.source] },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

/** To whom work of these words leads, in one line. */
export function routeWords(state: State, words: string): string {
  const chain = route(state.hierarchy, words);
  if (chain !== null) return chain.join(" > ");
  const top = commander(state.hierarchy);
  return top === null ? "nobody owns that" : `nobody owns that: it is up to ${top}`;
}

/** "85 %", "6.0×", "26"; a dash for what is not known. */
export function figureValue(value: number | null, unit: Figure["unit"]): string {
  if (value === null) return "–";
  if (unit === "share") return `${percent(value)} %`;
  return unit === "factor" ? `${value.toFixed(1)}×` : String(value);
}

function percent(value: number): string {
  const hundredths = Math.round(value * 1000) / 10;
  return Number.isInteger(hundredths) ? String(hundredths) : hundredths.toFixed(1);
}

function gauge(state: State): readonly string[] {
  const { share, over } = directShare(state);
  const top = commander(state.hierarchy) ?? "the commander";
  if (share === null) return [`nothing was given to anybody yet; ${top} may do 1 in 100 itself`];
  const { directRuns = 0, runs = 0 } = state.counters;
  const said = `${top} did ${directRuns} of ${runs} runs itself: ${figureValue(share, "share")}, at most ${figureValue(DIRECT_SHARE_LIMIT, "share")}`;
  return [over ? `! ${said}. Before it acts itself: which deputy owns that?` : said];
}

/** What it is and was, and below it how it is reckoned. */
function figureLines({ title, value, unit, formula, note, history, better }: Figure): readonly string[] {
  const said = (past: number | undefined): string => figureValue(past ?? null, unit);
  const past = history === null ? "" : `   recorded ${history.slice(0, 3).map(said).join(", ")}; best before ${said(history[3])}`;
  // Of a factor the recorded formulas are not known.
  const record = history !== null && value !== null && unit === "count" && better === "more" && value > Math.max(...history);
  return [
    `${title} ${figureValue(value, unit)}${record ? " (more than the reference marathon ever recorded)" : ""}${past}`,
    `   = ${formula}${note === null ? "" : `; ${note}`}`,
  ];
}

/** Those that are at work now. */
function intents({ agents }: State): readonly string[] {
  return Object.values(agents).flatMap(({ role, terminal, intent, ended }) =>
    intent === undefined || ended || terminal === null ? [] : [`${role} (terminal ${terminal}): ${intent}`],
  );
}

function violations(state: State): readonly string[] {
  const spawns = state.spawns ?? [];
  const { spawned, spawnedAllowed } = state.counters;
  const kept = spawns.filter(({ verdict }) => verdict === "violation");
  const count = spawned - spawnedAllowed;
  if (spawned === 0) return [];
  if (count === 0) return [`none of ${counted(spawned, "spawn")}`];
  return [
    `${count} of ${counted(spawned, "spawn")}`,
    ...kept.map(({ why, terminal, count: size }) => `${why} (terminal ${terminal}${size > 1 ? `, ${size} at once` : ""})`),
  ];
}

function spanLines(state: State, t: number): readonly string[] {
  return spans(state, t).map(({ role, agents, outside: mark }) => `${role} leads ${agents}${mark === null ? "" : `: ${mark}`}`);
}

function outside({ hierarchy }: State): readonly string[] {
  const staff = hierarchy.roles.filter(({ level }) => level === "staff").map(({ role }) => role);
  const loose = hierarchy.roles
    .filter((spec) => spec.parent === null && spec.level !== "commander" && isChain(spec))
    .map(({ role }) => role);
  return [
    ...(staff.length > 0 ? [`staff: ${listed(staff, 12)}`] : []),
    ...(loose.length > 0 ? [`unattached, until the hierarchy says to whom they report: ${listed(loose, 12)}`] : []),
  ];
}
