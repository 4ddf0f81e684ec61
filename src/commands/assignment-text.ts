/** What a terminal was told, as lines for a person, with what is missing in it or may lead nowhere. */
import { isAbsolute, resolve } from "node:path";
import { firstWords, roleWords } from "../engine/agents/briefing.ts";
import type { AssignedTask, Assignment } from "../engine/agents/agent.ts";
import { contextWords } from "../marathon/context-loaded.ts";
import { kindWords } from "../plan/work-kinds.ts";

/** `file`: where it is kept; `personal`: what was found in its context files that should be replaced. */
export function assignmentText(assignment: Assignment, file: string, personal: readonly string[] = []): string {
  const { terminal, role, reportsTo, stream, delegation } = assignment;
  const who = [role, reportsTo === null ? null : `reports to ${reportsTo}`, stream && `stream ${stream.id}, ${stream.name}`];
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [`terminal ${terminal}: ${who.filter((part) => part !== null).join(" · ")}`, [...chainLines(assignment), ...loadedLines(assignment)]],
    [
      `Delegation ${delegation === undefined ? "is not told" : `${delegation.have}/${delegation.of}`}`,
      (delegation?.items ?? []).map(({ name, says }) => (says === null ? `✗ ${name}: the plan says nothing` : `✓ ${name}: ${says}`)),
    ],
    ["Standing orders", assignment.orders ?? []],
    ["Tasks", assignment.tasks.map((task) => taskLine(task, assignment.current))],
    ["Context files, by what lets them in", assignment.context.map((path) => `${path}${because(assignment.sharedBy?.[path])}`)],
    ["Left out", (assignment.refused ?? []).map(({ path, rule, because: why }) => `${path}: never shared (${rule})${because(why)}`)],
    ["Look through before it is shared: by its form alone, and names have none", personal],
    ["Not there", assignment.missing ?? []],
    ["Relative paths, which lead nowhere from another folder", relativeLines(assignment)],
    ["In words", [roleWords(assignment), firstWords({ assignmentFile: file })].flatMap((text) => text.split("\n"))],
    ["Kept in", [file]],
  ];
  const told = sections.filter(([, lines], index) => index === 0 || lines.length > 0);
  return told.map(([title, lines]) => [title, ...lines.map((line) => `  ${line}`), ""].join("\n")).join("\n");
}

function loadedLines({ contextLoaded }: Assignment): readonly string[] {
  return contextLoaded === undefined ? [] : [contextWords(contextLoaded)];
}

function chainLines({ chain }: Assignment): readonly string[] {
  if (chain === undefined) return [];
  const spawns = chain.maySpawn === null ? "anybody: no hierarchy knows its role" : chain.maySpawn.join(", ") || "nobody";
  return [`chain of command: ${chain.above.join(" > ")}`, `may start ${spawns}`];
}

function taskLine(task: AssignedTask, current: number | null): string {
  const { number, title, state, targetPath, target } = task;
  const more = [kindWords(task), targetPath ?? target].filter((part) => part !== null).map((part) => ` · ${part}`);
  return `${number === current ? "▶" : " "} ${number} ${title} (${state})${more.join("")}`;
}

function because(why: string | null | undefined): string {
  return why ? `: ${why}` : "";
}

/** Words with a stroke in them that begin neither at the root nor with a scheme. */
const RELATIVE = /(?<![\w/.:@~$*-])(?:\.{1,2}\/)?[\w@-][\w.@-]*(?:\/[\w.@*-]+)+\/?/gu;
/** "and/or", "CI/CD": a path that is meant has a file ending, a point or a second stroke. */
const PATHLIKE = /^\.|\/.*\/|\.\w{1,8}$|\/$/u;

function relativeLines({ tasks, stream, project }: Assignment): readonly string[] {
  const open = tasks.filter(({ state }) => state !== "done" && state !== "dropped");
  const texts = open.map((task): readonly [string, string, string | undefined] => [
    `task ${task.number}`,
    [task.title, task.target, task.run, task.fallback].filter((text) => text !== null).join("\n"),
    task.targetPath,
  ]);
  const all = stream?.goal ? [...texts, ["the goal", stream.goal, undefined] as const] : texts;
  return all.flatMap(([where, text, told]) =>
    [...new Set(text.match(RELATIVE) ?? [])]
      .filter((path) => !isAbsolute(path) && PATHLIKE.test(path))
      .map((path) => {
        const whole = resolve(project, path);
        return `${where}: ${path}${whole === told ? `, told as ${whole}` : ` (from the project's folder: ${whole})`}`;
      }),
  );
}
