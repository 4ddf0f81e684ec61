/** `marathon report skill FOLDER`: a skill that teaches agents how to report, written only where somebody says so. */
import { lstatSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { REPORT_VERBS } from "../protocol/report-verbs.ts";
import { EXIT, UsageError } from "./exit.ts";
import { print } from "./print.ts";

/** The folder name of the skill below a folder of skills, such as `.claude/skills`. */
const NAME = "marathon-report";

/** `-` prints it. What is there and says something else is left alone. */
export function skill(folder: string): number {
  const text = skillText();
  if (folder === "-") {
    print(text);
    return EXIT.ok;
  }
  const file = resolve(join(folder, NAME, "SKILL.md"));
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat) {
    if (stat.isFile() && readFileSync(file, "utf8") === text) {
      print(`${file} says that already\n`);
      return EXIT.ok;
    }
    throw new UsageError(
      `${file} is there and says something else: nothing was written. Remove it first, or give another folder`,
      EXIT.failed,
    );
  }
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${(error as Error).message}`, EXIT.failed);
  }
  print(`written: ${file}\n`);
  return EXIT.ok;
}

function skillText(): string {
  const verbs = Object.entries(REPORT_VERBS).map(([name, verb]) => `| \`${usageOf(name, verb)}\` | ${verb.about} |`);
  return `---
name: ${NAME}
description: How to report work in a terminal of a marathon (MARATHON_TERMINAL is set) - begun, done and blocked tasks, questions, handoffs, sub-agents, findings, figures. Use it whenever a task is begun or ended, something stops you, a decision is a person's, or a session ends.
---

# Reporting in a marathon

You are one of several agents that work on one plan at the same time. A person watches one board for all of you. What is not reported is
not seen: say when you begin a task, when it is done **and checked**, and as soon as you cannot go on.

Your work is in the JSON file \`$MARATHON_ASSIGNMENT\`: your tasks, the current one, the plan, the files to read, your role, whom you report
to, and the rules. Read it again when you are told that it has changed. Never open, copy or quote what its \`neverShare\` names.

## By command, which answers

Use the tools of the MCP server \`marathon\` where you have them. Else, in a shell:

| command | says |
|---|---|
${verbs.join("\n")}

Each prints what came of it (\`--json\`: as JSON). Exit code 0: heeded; 1: refused, and why; 2: it was not understood; 124: no answer yet.
A task that another terminal has in its hands is that terminal's to report.

## By file, where a command cannot run

In \`$MARATHON_SCRATCHPAD/terminal-NN.md\` (NN is your terminal with two digits), one line for each task, changed in place, and the id of
the marathon in the first lines:

\`\`\`markdown
# Terminal 4, marathon 20261126-201500-4f2a
- [~] 31 what it is
- [x] 32 what it is
- [!] 33 what it is - the reason
\`\`\`

- \`TASK_033_BLOCKER.md\` (or \`SESSION_025_BLOCKER.md\`) when something stops you for more than 30 minutes: a title, \`Priority: P0\` to \`P3\`,
  the error message word for word, its cause, what was tried, what was not. \`Status: resolved\` when it is over.
- \`SESSION_025_HANDOFF.md\` at the end of a session, also when you were blocked: completion in percent, completed work, blocked work,
  next steps in order of priority, effort to complete in hours. Where another terminal of the session wrote it already: keep what it says and add
  what is yours.
`;
}

function usageOf(name: string, verb: (typeof REPORT_VERBS)[keyof typeof REPORT_VERBS]): string {
  const fields = Object.entries(
    verb.fields as Readonly<Record<string, { readonly word?: string; readonly kind: string; readonly of?: readonly string[] }>>,
  );
  const words = fields.flatMap(([, { word, of }]) => (word === undefined ? [] : [of ? of.join("\\|") : word.toUpperCase()]));
  const options = fields.flatMap(([key, { word, kind }]) =>
    word === undefined ? [kind === "flag" ? `[--${key}]` : `[--${key} ${key.toUpperCase()}]`] : [],
  );
  return ["$MARATHON_BIN report", name, ...words, ...options].join(" ");
}
