/** Rules of a plan about single tools: `Edit(src/**)`, `Bash(npm test)`, `Bash(npm run *)`, `Read`. */

export interface PermissionRule {
  /** As it is written, to be named. */
  readonly text: string;
  readonly tool: string;
  /** A path with `*`, `?` and `**`, or a command, exact or followed by ` *`; null: whatever the tool is about. */
  readonly pattern: string | null;
}

const FORM = /^([A-Za-z][\w-]*)(?:\((.+)\))?$/su;

/** The rule; a text instead says what is wrong with it. */
export function permissionRule(written: string): PermissionRule | string {
  const match = FORM.exec(written.trim());
  if (!match) return `"${written}" is no rule: write a tool, or a tool with a pattern, as Bash(npm test) or Edit(src/**)`;
  const [text, tool = "", given = null] = match;
  // "npm run:*" is how some agents write "npm run *".
  const pattern = given?.trim().replace(/:\*$/u, " *") ?? null;
  if (pattern === "") return `"${written}" has an empty pattern`;
  if (tool === "Bash" && pattern !== null && pattern.replace(/ \*$/u, "").includes("*"))
    return `"${written}": in a command a star may only stand at its end, behind a blank`;
  if (tool !== "Bash" && pattern?.split("/").includes(".."))
    return `"${written}" leads upwards (..): name the folder itself, with / or ~/ in front if it is not in the project`;
  return { text, tool, pattern };
}
