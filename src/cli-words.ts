/** What commander says of a wrong command line, in the words of everything else that this program refuses. */

/** Its messages, each with the same in our words; what is left of a message behind the last part stands for itself. */
const SAID: readonly (readonly [RegExp, (parts: readonly string[]) => string])[] = [
  [/^missing required argument '(.*)'$/su, ([name = ""]) => `<${name}> is missing`],
  [/^command-argument value '(.*)' is invalid for argument '(.*?)'\. (.*)$/su, ([value = "", , why = ""]) => `"${value}": ${lower(why)}`],
  [/^option '(.*?)' argument '(.*)' is invalid\. (.*)$/su, ([flags = "", value, why = ""]) => `${flag(flags)} ${value}: ${lower(why)}`],
  [/^option '(.*?)' argument missing$/su, ([flags]) => `${flags}: the part behind it is missing`],
  [/^required option '(.*?)' not specified$/su, ([flags]) => `${flags} is missing`],
  [
    /^option '(.*?)' cannot be used with option '(.*?)'$/su,
    ([one = "", other = ""]) => `${flag(one)} and ${flag(other)} exclude each other`,
  ],
  [/^unknown option '(.*?)'(.*)$/su, ([name, rest = ""]) => `there is no option ${name}${rest.trimEnd()}`],
  [/^unknown command '(.*?)'(.*)$/su, ([name, rest = ""]) => `there is no command ${name}${rest.trimEnd()}`],
  [/^too many arguments.*? but got \d+: (.*)\.$/su, ([words]) => `it takes fewer words than ${words}`],
];

/** @param command the words that call it; @param usage what follows them */
export function inOurWords(text: string, command: string, usage: string): string {
  const message = text.trimEnd().replace(/^error: /u, "");
  for (const [form, say] of SAID) {
    const found = form.exec(message);
    if (!found) continue;
    const said = say(found.slice(1)).replace(/\s*\n\(Did/u, " (Did");
    return `${command}: ${said}${said.endsWith("> is missing") ? `: ${command} ${usage}` : ""}\n`;
  }
  return `${command}: ${message}\n`;
}

/** "--speed" of "-s, --speed <n>". */
function flag(flags: string): string {
  return /--[\w-]+/u.exec(flags)?.[0] ?? flags;
}

/** Without the full stop and the capital of a sentence of its own. */
function lower(why: string): string {
  return why.replace(/^Allowed choices are/u, "choose one of").replace(/\.$/u, "");
}
