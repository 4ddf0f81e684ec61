/**
 * Files of the scratchpad: what their names say, and what is in them. Agents rewrite these files all the time and
 * some are large, so they are read by one pass over the lines, in linear time, whatever is in them.
 */
import { readBlocker } from "./scratch-blocker.ts";
import { readHandoff } from "./scratch-handoff.ts";
import { scratchLines } from "./scratch-lines.ts";
import { scratchName } from "./scratch-name.ts";
import type { ScratchLine } from "./scratch-lines.ts";
import type { ScratchReading, Tick, TickState, Wish } from "./report-types.ts";

export { scratchName };

/** Reads one file. `path` may be relative or absolute; only its last part counts. Never throws. */
export function readScratch(path: string, text: string): ScratchReading {
  const name = scratchName(path);
  const lines = scratchLines(text);
  return {
    name,
    ticks: ticksOf(lines),
    handoff: name.kind === "handoff" ? readHandoff(lines) : null,
    blocker: name.kind === "blocker" ? readBlocker(lines, name.task) : null,
    ...wishesOf(lines),
    lines: text === "" ? 0 : lines.length - (text.endsWith("\n") ? 1 : 0),
  };
}

const STATES: Readonly<Record<string, TickState>> = { " ": "open", "": "open", x: "done", X: "done", "~": "doing", "!": "blocked" };

/** `- [x] 12 …`, `* [x] #12`, `1. [~] Task 12: …`, `[!] **33** — reason`. Ticks in fences and comments are examples. */
const TICK =
  /^\s{0,40}(?:(?:[-*+]|\d{1,6}[.)])\s{1,8})?\[([ xX~!]?)\]\s{1,8}(?:\*\*|`)?(?:tasks?\s{0,4})?(?:#\s?)?(\d{1,6})(?![\d%/]|[.,]\d)(?:\*\*|`)?(.*)$/i;

/** `- [+] 12 Title — reason`: a number that its agent gave counts for nothing, the plan gives its own. */
const WISH = /^\s{0,40}(?:(?:[-*+]|\d{1,6}[.)])\s{1,8})?\[\+\]\s{1,8}(?:(?:tasks?\s{1,4})?#?\s?\d{1,6}[:.)]?\s{1,8})?(\S.*)$/i;
const MOST_WISHES = 20;

function wishesOf(lines: readonly ScratchLine[]): Pick<ScratchReading, "wishes"> {
  const wishes = lines.flatMap((line): Wish[] => {
    const said = line.code ? undefined : WISH.exec(line.text)?.[1]?.replaceAll("**", "").trim();
    if (!said) return [];
    const cut = /\s(?:[–—]|--?)\s/.exec(said);
    const title = cut ? said.slice(0, cut.index).trim() : said;
    const reason = cut ? said.slice(cut.index + cut[0].length).trim() : "";
    return title === "" ? [] : [{ title, reason: reason || null, line: line.number }];
  });
  return wishes.length === 0 ? {} : { wishes: wishes.slice(0, MOST_WISHES) };
}

/** One tick per task, in the order of the lines; of several for one task the last counts. */
function ticksOf(lines: readonly ScratchLine[]): Tick[] {
  const ticks = new Map<number, Tick>();
  for (const line of lines) {
    if (line.code || !line.text.includes("[")) continue;
    const match = TICK.exec(line.text);
    const state = STATES[match?.[1] ?? "?"];
    if (match === null || state === undefined) continue;
    const task = Number(match[2]);
    ticks.delete(task);
    ticks.set(task, { task, state, text: textOf(match[3] ?? "", state), line: line.number });
  }
  return [...ticks.values()];
}

/** What follows the number. A blocked tick's reason stands after the dash: "33 the service — no database". */
function textOf(rest: string, state: TickState): string {
  const bare = rest.replace(/^\s*(?:[:.)\]]|\*\*)*\s*/, "");
  const dash = /^(?:[-–—]+|:)\s+(.*)$|\s(?:[–—]|--?)\s+(.*)$/.exec(bare);
  const reason = state === "blocked" ? (dash?.[1] ?? dash?.[2]) : undefined;
  return (reason ?? bare.replace(/^(?:[-–—]+|:)\s+/, "")).replaceAll("**", "").trim();
}
