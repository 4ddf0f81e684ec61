/** Task Master's `tasks.json` and the JSONL of beads. Their texts are untrusted: every field may be of any type. */
import type { Problems } from "../problems.ts";
import type { PlanSource, Priority } from "../types.ts";
import type { Foreign, ForeignTask } from "./types.ts";

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string | null =>
  typeof value === "string" ? value.replace(/\s+/g, " ").trim() || null : typeof value === "number" ? String(value) : null;

/**
 * `{ "tasks": […] }`, or one such object for each tag, of which `tag` is read, else `master`, else the first. Subtasks
 * become tasks that their parent waits for; they begin when what the parent waits for is done. Null when it is none.
 * Format: docs.task-master.dev, "Task Structure".
 */
export function readTaskMaster(source: PlanSource, value: unknown, tag: string | null, problems: Problems): Foreign | null {
  const root = fields(value);
  const tags = Object.keys(root).filter((key) => Array.isArray(fields(root[key])["tasks"]));
  const chosen = tag ?? (Array.isArray(root["tasks"]) ? null : (tags.find((name) => name === "master") ?? tags[0] ?? null));
  const tasks = Array.isArray(value) ? value : list(chosen === null ? root["tasks"] : fields(root[chosen])["tasks"]);
  if (tasks.length === 0 || !tasks.every((task) => text(fields(task)["id"]) !== null)) return null;
  const at = { file: source.file, line: 1, column: 1 };
  const others = tags.filter((name) => name !== chosen);
  if (others.length > 0 && tag === null) {
    problems.note({
      at,
      code: "other-tags",
      message: `tag ${chosen} is read; ${others.join(", ")} are not`,
      advice: "choose another with --tag NAME",
    });
  }
  const places = placesOf(source);
  return {
    kind: "task-master",
    title:
      text(fields(fields(chosen === null ? root["metadata"] : fields(root[chosen])["metadata"]))["projectName"]) ??
      text(fields(root["meta"])["projectName"]),
    tasks: tasks.flatMap((task) => masterTask(fields(task), null, places)),
  };
}

function masterTask(task: Fields, parent: ForeignTask | null, places: (id: string) => number): ForeignTask[] {
  const bare = text(task["id"]) ?? "";
  const id = parent === null || bare.includes(".") ? bare : `${parent.id}.${bare}`;
  const status = text(task["status"]) ?? "pending";
  const below = list(task["subtasks"]).map(fields);
  const siblings = (value: unknown) => {
    const name = text(value) ?? "";
    return parent === null || name.includes(".") || (typeof value === "string" && !/^\d+$/.test(value)) ? name : `${parent.id}.${name}`;
  };
  const own: ForeignTask = {
    file: "",
    line: places(bare),
    column: 1,
    id,
    title: text(task["title"]) ?? text(task["description"]) ?? `Task ${id}`,
    dependsOn: [
      ...list(task["dependencies"])
        .map(siblings)
        .filter((name) => name !== ""),
      ...(parent?.dependsOn ?? []),
    ],
    done: /^(?:done|completed?|closed)$/i.test(status),
    status,
    priority: priorityOf(task["priority"]) ?? parent?.priority ?? null,
    group: parent?.title ?? null,
    phase: null,
    parallel: true,
    minutes: null,
  };
  const children = below.flatMap((child) => masterTask(child, own, places));
  const direct = below.map((child) => `${id}.${text(child["id"])?.split(".").at(-1) ?? ""}`);
  return [
    { ...own, dependsOn: [...new Set([...own.dependsOn, ...direct])], group: parent?.title ?? (below.length > 0 ? own.title : null) },
    ...children,
  ];
}

/** The line of each `"id": N`, in order of appearance; ids that come twice (subtasks) take the next. */
function placesOf({ text: source }: PlanSource): (id: string) => number {
  const lines = new Map<string, number[]>();
  source.split("\n").forEach((line, index) => {
    for (const match of line.matchAll(/"id"\s*:\s*"?([\w.-]+)"?/g)) {
      const known = lines.get(match[1] ?? "");
      if (known === undefined) lines.set(match[1] ?? "", [index + 1]);
      else known.push(index + 1);
    }
  });
  const used = new Map<string, number>();
  return (id) => {
    const next = used.get(id) ?? 0;
    used.set(id, next + 1);
    return lines.get(id)?.[next] ?? 1;
  };
}

/** Kinds of beads that are no work of their own. */
const NO_WORK = /^(?:message|gate|event|molecule|merge-request|agent|role|rig|convoy|slot)$/i;

/**
 * One issue a line. `blocks` (and its kin) is a dependency; of parent and child, the parent waits for the child;
 * `related`, `discovered-from` and the like are none. Deleted issues are left out. Null when no line is an issue.
 * Format: github.com/steveyegge/beads, `.beads/issues.jsonl`.
 */
export function readBeads(source: PlanSource, problems: Problems): Foreign | null {
  const issues: { readonly issue: Fields; readonly line: number }[] = [];
  const bad: number[] = [];
  source.text.split("\n").forEach((line, index) => {
    if (line.trim() === "") return;
    const issue = fields(parseLine(line));
    if (text(issue["id"]) !== null && text(issue["title"]) !== null) issues.push({ issue, line: index + 1 });
    else bad.push(index + 1);
  });
  if (issues.length === 0 || bad.length > issues.length) return null;
  for (const line of bad) {
    const at = { file: source.file, line, column: 1 };
    problems.warning({
      at,
      code: "bad-line",
      message: "the line is no issue: an object with id and title was expected",
      advice: "correct the line or take it out",
    });
  }
  const kept = issues.filter(({ issue }) => text(issue["status"]) !== "tombstone" && !NO_WORK.test(kindOf(issue)));
  const children = new Map<string, string[]>();
  const child = (parent: string, id: string) => children.set(parent, [...(children.get(parent) ?? []), id]);
  for (const { issue } of kept) {
    const id = text(issue["id"]) ?? "";
    const parents = edges(issue)
      .filter((edge) => edge.type === "parent-child")
      .map((edge) => edge.on);
    const named = id.includes(".") ? id.slice(0, id.lastIndexOf(".")) : "";
    const known = kept.some((other) => text(other.issue["id"]) === named);
    for (const parent of new Set([...parents, ...(known ? [named] : [])])) child(parent, id);
  }
  return { kind: "beads", title: null, tasks: kept.map(({ issue, line }) => beadTask(issue, line, children, kept)) };
}

function beadTask(issue: Fields, line: number, children: ReadonlyMap<string, string[]>, all: readonly { issue: Fields }[]): ForeignTask {
  const id = text(issue["id"]) ?? "";
  const status = text(issue["status"]) ?? "open";
  const waits = edges(issue)
    .filter((edge) => /^(?:blocks|conditional-blocks|waits-for)$/.test(edge.type))
    .map((edge) => edge.on);
  const parent = [...children].find(([, ids]) => ids.includes(id))?.[0];
  const owner = parent ?? ((children.get(id)?.length ?? 0) > 0 ? id : null);
  const minutes = issue["estimated_minutes"];
  return {
    file: "",
    line,
    column: 1,
    id,
    title: text(issue["title"]) ?? id,
    dependsOn: [...new Set([...waits, ...(children.get(id) ?? [])])],
    done: /^(?:closed|done)$/i.test(status),
    status,
    priority: priorityOf(issue["priority"]),
    group: owner === null ? null : (text(all.find((other) => text(other.issue["id"]) === owner)?.issue["title"]) ?? owner),
    phase: null,
    parallel: true,
    minutes: typeof minutes === "number" && minutes > 0 ? minutes : null,
  };
}

function kindOf(issue: Fields): string {
  return text(issue["issue_type"]) ?? text(issue["type"]) ?? "task";
}

function edges(issue: Fields): { readonly on: string; readonly type: string }[] {
  return list(issue["dependencies"] ?? issue["deps"]).flatMap((edge) => {
    const on =
      typeof edge === "string"
        ? edge
        : (text(fields(edge)["depends_on_id"]) ?? text(fields(edge)["depends_on"]) ?? text(fields(edge)["id"]));
    return on === null ? [] : [{ on, type: typeof edge === "string" ? "blocks" : (text(fields(edge)["type"]) ?? "blocks") }];
  });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** 0 to 4 (4 is P3, too), "P1", or critical, high, medium, low. */
function priorityOf(value: unknown): Priority | null {
  if (typeof value === "number") return (["P0", "P1", "P2", "P3", "P3"] as const)[value] ?? null;
  const word = typeof value === "string" ? value.toLowerCase() : "";
  if (/^p[0-4]$/.test(word)) return (["P0", "P1", "P2", "P3", "P3"] as const)[Number(word[1])] ?? null;
  return ({ critical: "P0", urgent: "P0", high: "P1", medium: "P2", low: "P3" } as const)[word] ?? null;
}
