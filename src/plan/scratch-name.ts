/** What the name of a scratchpad file says (requirements, appendix K). */
import type { ScratchName } from "./report-types.ts";

/** Files that are known by their whole name. */
const WHOLE: readonly (readonly [RegExp, string])[] = [
  [/^MARATHON_AAR(?:_\d{1,3})?$/i, "aar"],
  [/^HUMAN_TODO$/i, "human-todo"],
  [/^CHANGELOG$/i, "changelog"],
  [/^TECHNICAL_DEBT$/i, "debt"],
  [/^MVP_STATUS_REPORT$/i, "status-report"],
  [/_CHECKLIST$/i, "checklist"],
  [/_COVERAGE_(?:ANALYSIS|SUMMARY|REPORT)$/i, "analysis"],
];

const KINDS = ["handoff", "blocker", "summary", "report", "notes", "security-audit", "security-fixes", "rate-limiting", "constraint-audit"];

/**
 * `SESSION_024_HANDOFF.md`, `TASK_033_BLOCKER.md`, `TERMINAL_04_REPORT.md`, `terminal-04.md` (a report), `MARATHON_AAR.md`.
 * A literal XXX or NNN is an unfilled placeholder, not a number (T-58). Unknown kinds are "other".
 */
export function scratchName(path: string): ScratchName {
  const base = path.replaceAll("\\", "/").split("/").at(-1) ?? "";
  const stem = base.replace(/\.(?:md|markdown|txt)$/i, "");
  const match = /^(SESSION|TASK|TERMINAL)[_-](\d{1,6}|X{2,}|N{2,})(?:[_-](.+))?$/i.exec(stem);
  if (match === null)
    return {
      kind: WHOLE.find(([pattern]) => pattern.test(stem))?.[1] ?? "other",
      session: null,
      task: null,
      terminal: null,
      placeholder: false,
    };
  const subject = match[1]?.toLowerCase() ?? "";
  const number = match[2] ?? "";
  const placeholder = !/^\d+$/.test(number);
  const word = match[3]?.toLowerCase().replaceAll("_", "-") ?? (subject === "terminal" ? "report" : "notes");
  return {
    kind: KINDS.includes(word) ? word : "other",
    session: subject === "session" && !placeholder ? number : null,
    task: subject === "task" && !placeholder ? Number(number) : null,
    terminal: subject === "terminal" && !placeholder ? Number(number) : null,
    placeholder,
  };
}
