/** What a person should know before they let an agent do something, in words. Signs, not proof: no sign is no promise. Pure. */
import { isCommand, isEdit, type ToolUse } from "./tool-use.ts";
import type { Place } from "./permission-policy.ts";

const OF_COMMANDS: readonly (readonly [RegExp, string])[] = [
  [/\brm\s+(?:-\S+\s+)*-\S*[rRf]/u, "removes files"],
  [/\b(?:sudo|doas|su)\b/u, "acts as another user"],
  [/\bgit\s+push\b.*(?:\s-f\b|--force)/u, "overwrites a branch that others have"],
  [/\bgit\s+push\b/u, "publishes commits"],
  [/\bgit\s+(?:reset\s+--hard|clean\s+-\S*[fd]|checkout\s+--\s|restore\s)/u, "throws work away"],
  [/\b(?:curl|wget)\b[^|]*\|\s*(?:sudo\s+)?\w*sh\b/u, "runs what it downloads"],
  [/\b(?:curl|wget|ssh|scp|rsync|nc)\b/u, "reaches the network"],
  [/\b(?:npm|pnpm|yarn|pip|cargo|gem)\s+publish\b/u, "publishes a package"],
  [/\b(?:chmod|chown)\s+-R\b/u, "changes rights of whole folders"],
  [/\b(?:kill|pkill|killall)\b/u, "ends programs"],
  [/\b(?:dd|mkfs\S*|shutdown|reboot)\b/u, "can destroy a disk or stop the machine"],
];
const UNSEEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u;
const LONG = 600;

/** The signs that were found, the worst first. */
export function toolRisks(use: ToolUse, { project, path, real, mentions }: Place): readonly string[] {
  const risks: string[] = [];
  const command = isCommand(use.tool) ? (use.command ?? "") : "";
  for (const [sign, words] of OF_COMMANDS) if (sign.test(command)) risks.push(words);
  const outside = (one: string | null) => one !== null && one !== project && !one.startsWith(`${project}/`);
  if (path !== null && (outside(path) || outside(real)))
    risks.push(
      `${isEdit(use.tool) ? "writes" : "is"} outside of the project${real === null || real === path ? "" : `: it leads to ${real}`}`,
    );
  if (mentions !== null) risks.push(`names what is never to be shared (${mentions})`);
  if (UNSEEN.test(`${command}${use.path ?? ""}`)) risks.push("holds characters that cannot be seen");
  if (command.length > LONG) risks.push(`is ${command.length} characters long: look at all of it in the terminal`);
  return risks;
}
