/**
 * The after-action review as a document (MARATHON_AAR.md): every part that can be measured is filled in, every part that only people can
 * say is there and marked. Grades are never computed. `marathon import` reads its tables back. Pure.
 */
import { plannedTask } from "../marathon/estimates.ts";
import { goalsOf, type Goal, type GoalKind } from "../marathon/goals.ts";
import type { State } from "../marathon/types.ts";
import { base, counted, listed } from "../marathon/words.ts";
import { stamp } from "./lines.ts";
import { appendices } from "./review-appendices.ts";
import { improvements, recommendations, wentWell } from "./review-findings.ts";
import { reviewFacts, type Changes, type ReviewFacts, type ReviewPart } from "./review-facts.ts";
import { metrics } from "./review-metrics.ts";
import { bulleted, cut, ICONS, said, STATUS, TO_FILL_IN } from "./review-words.ts";

/** At marathon time `t`, ms; `changes`: null without a repository. */
export function reviewDocument(state: State, t: number, changes: Changes | null): string {
  const facts = reviewFacts(state, t);
  const lines = [
    `# After-action review: ${said(state.title)}`,
    "",
    ...header(state, facts),
    "",
    ...summary(state, facts),
    ...breakdown(state, facts),
    ...chapter("What went well", [...wentWell(state, facts), TO_FILL_IN]),
    ...chapter("What could be improved", improvements(state, t, facts)),
    ...chapter("Lessons learned", lessons(state)),
    ...chapter("Metrics", metrics(state, t, facts, changes)),
    ...chapter("Recommendations", recommendations(state, facts)),
    ...chapter("Process improvements for the next marathon", [TO_FILL_IN]),
    ...conclusion(state, facts),
    ...appendices(facts, changes),
  ];
  return `${lines.join("\n").replaceAll(/\n{3,}/gu, "\n\n")}\n`;
}

function chapter(title: string, lines: readonly string[]): readonly string[] {
  return [`## ${title}`, "", ...lines, ""];
}

function header(state: State, facts: ReviewFacts): readonly string[] {
  const { parts, by, from, to } = facts;
  const over = parts.filter(({ status }) => status === "done");
  const planned = facts.plannedHours === null ? "" : `, ${facts.plannedHours} h planned`;
  const buffer =
    facts.bufferedHours === null || facts.bufferedHours === facts.plannedHours ? "" : ` (${facts.bufferedHours} h with buffer)`;
  const noun = by === "session" ? "Sessions" : by === "stream" ? "Streams" : "Terminals";
  const rule = "all tasks done or dropped";
  const rows = [
    ["Marathon Duration", `${stamp(from)} to ${stamp(to)}: ${facts.hours} h of marathon time${planned}${buffer}`],
    [`${noun} Planned`, `${parts.length}${parts.length > 0 ? ` (${cut(parts.map(({ id }) => id).join(", "), 200)})` : ""}`],
    [`${noun} Completed`, `${over.length}${over.length > 0 ? ` (${cut(over.map(({ id }) => id).join(", "), 200)})` : ""}: ${rule}`],
    [
      "Overall Progress",
      `${facts.progress}% of the planned work, weighted by ${facts.weighted}; ${facts.done} of ${facts.total} tasks done`,
    ],
    ["Date of AAR", stamp(to).slice(0, 10)],
    ["Status", `draft, made by marathon ${state.id} from its journal; what is in italics is for people to fill in`],
  ];
  const rehearsal = state.rehearsal ? [`> **Rehearsal:** ×${state.speed}, stand-ins worked here and no agents`] : [];
  return [...rows.map(([name = "", text = ""]) => `> **${name}:** ${text}`), ...rehearsal];
}

function summary(state: State, facts: ReviewFacts): readonly string[] {
  const done = facts.parts.filter((part) => part.done.length > 0);
  const worst = worstBlocker(facts);
  const stopped = worst
    ? [
        `${worst.blocker.id} (${worst.blocker.priority}, ${worst.blocker.state}, ${worst.hours} h): ${said(worst.blocker.title)}`,
        ...bulleted([
          ...worst.blocker.tasks.map((number) => `task ${taskWords(state, number)}`),
          ...worst.sessions.map((id) => `session ${id}`),
        ]),
      ]
    : ["None was found."];
  return [
    "## Executive summary",
    "",
    "### Key accomplishments",
    "",
    ...bulleted(
      done.map(
        (part) => `${said(part.id)} ${said(part.name)}: ${counted(part.done.length, "task")} done in ${part.actual} h${ofPlanned(part)}`,
      ),
      "Nothing was done.",
    ),
    "",
    "### Critical blocker",
    "",
    ...stopped,
    "",
    "### Verdict",
    "",
    TO_FILL_IN,
    "",
  ];
}

/** What stopped the most for the longest: by priority, then by its hours. */
function worstBlocker({ blockers }: ReviewFacts): ReviewFacts["blockers"][number] | undefined {
  return blockers.toSorted((a, b) => a.blocker.priority.localeCompare(b.blocker.priority) || b.hours - a.hours)[0];
}

function breakdown(state: State, { parts, by }: ReviewFacts): readonly string[] {
  const title = by === "session" ? "Session by session" : by === "stream" ? "Stream by stream" : "Terminal by terminal";
  const noun = by === "session" ? "Session" : by === "stream" ? "Stream" : "Terminal";
  return [`## ${title}`, "", ...parts.flatMap((part) => entry(state, part, noun))];
}

function entry(state: State, part: ReviewPart, noun: string): readonly string[] {
  const { status, completion, open, done, dropped } = part;
  const field = (name: string, text: string | null): readonly string[] => (text === null ? [] : [`**${name}:** ${text}`]);
  const left = 100 - completion;
  return [
    `### ${ICONS[status]} ${noun} ${said(part.id)}: ${said(part.name)} (${completion}% Complete - ${STATUS[status]})`,
    "",
    ...spaced([
      ...field("Status", STATUS[status]),
      ...field(
        "Duration",
        `${part.actual} hours${ofPlanned(part)}${part.blocked > 0 ? `, ${part.blocked} hours of it blocked (summed over its tasks)` : ""}`,
      ),
      ...field("Branch", part.branch === null ? null : said(part.branch)),
      ...field("Reason", part.reason === null ? null : said(part.reason)),
      ...field(
        "Handoff",
        part.handoff === null
          ? part.owesHandoff
            ? "owed"
            : null
          : `${base(part.handoff)}${part.owesHandoff ? ", older than its work" : ""}`,
      ),
    ]),
    "**Achievements:**",
    ...bulleted(
      done.map((number) => taskWords(state, number)),
      "None.",
    ),
    "",
    ...(open.length === 0 ? [] : [`**Remaining work (${left}%):**`, ...bulleted(open.map((number) => openWords(state, number))), ""]),
    ...(dropped.length === 0 ? [] : ["**Dropped:**", ...bulleted(dropped.map((number) => taskWords(state, number))), ""]),
    ...promised(state, part),
  ];
}

/** What the plan wants of a session besides its tasks, and what somebody said of it; the rest nobody has looked at. */
function promised(state: State, { id }: ReviewPart): readonly string[] {
  const goals = goalsOf(state).filter(({ session }) => session === id);
  const list = (title: string, kind: GoalKind): readonly string[] => {
    const own = goals.filter((goal) => goal.kind === kind);
    if (own.length === 0) return [];
    const open = own.some(({ met, check }) => !met && check === null) ? `; what is not said: ${TO_FILL_IN}` : "";
    const words = ({ text, met, check }: Goal) =>
      `${said(text)}${met ? ": met" : check === null ? "" : ": open"}${check === null ? "" : `, says ${said(check.by)}`}`;
    return [`**${title}** (planned${open})`, ...bulleted(own.map(words)), ""];
  };
  return [...list("Planned deliverables", "deliverable"), ...list("Success criteria", "criterion")];
}

/** Lines that Markdown would else run together. */
function spaced(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => [line, ""]);
}

function lessons(state: State): readonly string[] {
  const learnt = Object.values(state.blockers).flatMap(({ id, history }) =>
    history.flatMap(({ act, note }) => (act === "learnt" && note !== null ? [`${id}: ${said(note)}`] : [])),
  );
  const findings = (state.findings ?? []).map(({ text, task }) => `${said(text)}${task === null ? "" : ` (found at task ${task})`}`);
  return [
    ...bulleted([...learnt, ...findings], "Nobody has noted any yet (`X` on the dashboard notes what a blocker taught)."),
    "",
    TO_FILL_IN,
  ];
}

function conclusion(state: State, facts: ReviewFacts): readonly string[] {
  const next = [...state.plan.followUps.map((text) => said(text)), ...facts.parts.filter(({ open }) => open.length > 0).map(openPart)];
  const author = state.hierarchy.roles.some(({ role }) => role === "COORD_AAR") ? "COORD_AAR" : TO_FILL_IN;
  const { actual, costIndex, earnedHours } = facts.totals;
  const pace =
    costIndex === null ? "nothing that was worked on is over yet" : `this one took ${actual} h for ${earnedHours} h that it earned`;
  return [
    "## Conclusion",
    "",
    "### Key takeaways",
    "",
    TO_FILL_IN,
    "",
    "### Final grade",
    "",
    `${TO_FILL_IN} (never computed)`,
    "",
    "### Next steps",
    "",
    ...bulleted(next, "Nothing is open."),
    "",
    "### Sign-off",
    "",
    ...bulleted([
      `Completed: ${state.status === "done" || state.status === "stopped" ? "" : "not yet, drafted on the way at "}${stamp(facts.to)}`,
      `Author: ${author}`,
      `Review status: draft, ${TO_FILL_IN}`,
      `Next marathon: ${TO_FILL_IN}; measured: ${pace}`,
    ]),
    "",
  ];
}

function openPart(part: ReviewPart): string {
  return `${said(part.id)} ${said(part.name)}: ${counted(part.open.length, "open task")} (${listed(part.open, 12)})`;
}

function ofPlanned({ planned }: ReviewPart): string {
  return planned === null ? "" : ` of ${planned} planned`;
}

function taskWords(state: State, number: number): string {
  return `${number} ${said(plannedTask(state, number)?.title ?? "")}`.trim();
}

function openWords(state: State, number: number): string {
  const task = state.tasks[number];
  const blocker = task?.blocker ? state.blockers[task.blocker] : undefined;
  const why = blocker ? `${blocker.id} ${said(blocker.title)}` : task?.waitsFor ? said(task.waitsFor) : null;
  return `${taskWords(state, number)}: ${task?.state ?? "unknown"}${why === null ? "" : `, ${why}`}`;
}
