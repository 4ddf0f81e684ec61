/** The tables at the end of an after-action review: completion, files, commits, blockers. Pure. */
import { holderWords } from "../marathon/blockers.ts";

import { listed } from "../marathon/words.ts";
import { evidenceLines, stamp } from "./lines.ts";
import type { Changes, ReviewBlocker, ReviewCommit, ReviewFacts, ReviewPart } from "./review-facts.ts";
import { bulleted, ICONS, said, STATUS, table } from "./review-words.ts";

/** More rows than this nobody reads: the rest is counted. */
const MOST_FILES = 200;
const MOST_COMMITS = 200;
/** Letters of a session's id that is no everyday number or word. */
const SPEAKS_ALONE = 3;

export function appendices(facts: ReviewFacts, changes: Changes | null): readonly string[] {
  return [
    "## Appendices",
    "",
    "### Appendix A: Completion",
    "",
    ...completion(facts),
    "",
    "### Appendix B: Files created",
    "",
    ...created(changes),
    "",
    "### Appendix C: Commits",
    "",
    ...commits(facts, changes),
    "",
    "### Appendix D: Blockers",
    "",
    ...blockers(facts),
  ];
}

function completion({ parts, by }: ReviewFacts): readonly string[] {
  const row = (part: ReviewPart) => {
    const things = part.deliverables.map((text) => said(text));
    return [
      said(part.id),
      `${ICONS[part.status]} ${STATUS[part.status]}`,
      `${part.completion}%`,
      part.actual,
      things.length === 0 ? `${part.done.length} tasks` : listed(things, 4),
    ];
  };
  return table(
    [by === "session" ? "Session" : by === "stream" ? "Stream" : "Terminal", "Status", "% Complete", "Hours", "Key deliverables (planned)"],
    parts.map(row),
  );
}

function created(changes: Changes | null): readonly string[] {
  if (changes === null) return ["Not measured: the project is no git repository."];
  const { created: files } = changes;
  if (files.length === 0) return ["None was committed."];
  const areas = Map.groupBy(files.slice(0, MOST_FILES), ({ path }) => (path.includes("/") ? (path.split("/", 1)[0] ?? "") : "."));
  const left = files.length - MOST_FILES;
  return [
    ...[...areas].flatMap(([area, own]) => [
      `**${said(area)}**`,
      "",
      ...bulleted(own.map(({ path, lines }) => `${said(path)}${lines === null ? "" : ` (${lines} lines)`}`)),
      "",
    ]),
    ...(left > 0 ? [`And ${left} more.`] : []),
  ];
}

/** A commit belongs to the session whose branch bears it, or that its subject names; the rest to none. */
function commits({ parts, by }: ReviewFacts, changes: Changes | null): readonly string[] {
  if (changes === null) return ["Not measured: the project is no git repository."];
  const all = changes.commits.slice(0, MOST_COMMITS);
  if (all.length === 0) return ["None."];
  const groups = Map.groupBy(all, (commit) => (by === "session" ? (parts.find((part) => isOf(commit, part))?.id ?? null) : null));
  const named = parts.flatMap(({ id }) => {
    const own = groups.get(id);
    return own ? [`**Session ${said(id)}**`, "", ...bulleted(own.map(commitLine)), ""] : [];
  });
  const rest = groups.get(null) ?? [];
  const left = changes.commits.length - all.length;
  return [
    ...named,
    ...(rest.length === 0 ? [] : [...(by === "session" ? ["**No session named**", ""] : []), ...bulleted(rest.map(commitLine)), ""]),
    ...(left > 0 ? [`And ${left} more.`] : []),
  ];
}

function isOf({ branch, subject }: ReviewCommit, { id, branch: own }: ReviewPart): boolean {
  if (own !== null && branch === own) return true;
  const pieces = subject.split(id);
  return pieces.slice(1).some((after, index) => {
    const before = pieces[index] ?? "";
    // "024" is no part of "1024" or of "0240", and "fix 2 typos" speaks of no session 2: so short an id needs its noun.
    if (/[\p{L}\p{N}]$/u.test(before) || /^[\p{L}\p{N}]/u.test(after)) return false;
    return id.length >= SPEAKS_ALONE || /\bsession\s+#?$/iu.test(before);
  });
}

function commitLine({ hash, subject, files, added, deleted }: ReviewCommit): string {
  return `${hash.slice(0, 9)} ${said(subject)} (${files} files, +${added} -${deleted})`;
}

function blockers({ blockers: all }: ReviewFacts): readonly string[] {
  if (all.length === 0) return ["There was none."];
  return all.flatMap((one) => [...detail(one), ""]);
}

function detail({ blocker, hours, sessions }: ReviewBlocker): readonly string[] {
  const acts = blocker.history.map(({ at, act, to, by, note }) => {
    const more = `${to === null ? "" : ` to ${said(to)}`}${note === null ? "" : `: ${said(note)}`}`;
    return `${stamp(at)} ${act}${more} (${said(by)})`;
  });
  return [
    `**${blocker.id} ${said(blocker.title)}**`,
    "",
    ...bulleted([
      `${blocker.priority}, ${blocker.state}, with ${said(holderWords(blocker.holder))}`,
      `Affected: ${blocker.tasks.length > 0 ? `tasks ${listed(blocker.tasks, 12)}` : "no task"}${sessions.length > 0 ? `; sessions ${listed(sessions, 12)}` : ""}`,
      `Impact: ${hours} hours`,
      `Cause: ${blocker.cause === null ? "not known" : said(blocker.cause)}`,
      `Resolution path: ${acts.length === 0 ? "nothing was done" : ""}`,
    ]),
    ...acts.map((act) => `  - ${act}`),
    ...(blocker.evidence.length > 0 ? ["", "What was seen:", "", ...evidenceLines(blocker)] : []),
  ];
}
