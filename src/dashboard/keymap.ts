/** Which key means which command in which context: the table's keys, with a person's own laid over them. */
import { contextTitles, type Command, type Context } from "./commands.ts";
import { keyId, keyLabel, parseKeyId, type Key } from "./keys.ts";

/** Command id to the keys it gets instead of its own; an empty list takes them all away. */
export type KeyOverrides = Readonly<Record<string, readonly string[]>>;

/** Something wrong with a person's bindings. The rest of them holds. */
export interface KeyProblem {
  readonly command: string;
  readonly key: string | null;
  readonly message: string;
}

export interface Keymap {
  /** The rows with the keys that hold now. */
  readonly commands: readonly Command[];
  readonly problems: readonly KeyProblem[];
  find(context: Context, key: Key): Command | null;
}

/** Merges overrides into the table. A key that two commands claim in one context goes to the one whose person asked for it. */
export function createKeymap(table: readonly Command[], overrides: KeyOverrides = {}): Keymap {
  const problems: KeyProblem[] = Object.keys(overrides)
    .filter((id) => !table.some((command) => command.id === id))
    .map((id) => ({ command: id, key: null, message: `there is no command "${id}"; \`?\` lists the commands` }));
  const rebound = table.map((command) => rebind(command, overrides[command.id], problems));
  const chosen = rebound.filter((command) => overrides[command.id] !== undefined);
  const merged =
    chosen.length === 0 ? rebound : rebound.map((command) => (chosen.includes(command) ? command : yieldKeys(command, chosen)));
  const lookup = new Map<string, Command>();
  for (const command of merged) {
    for (const context of command.contexts) {
      for (const key of command.keys) {
        const slot = `${context} ${key}`;
        const other = lookup.get(slot);
        if (other === undefined) lookup.set(slot, command);
        else
          problems.push({
            command: command.id,
            key,
            message: `${keyLabel(key)} already means "${other.title}" in ${contextTitles[context]}`,
          });
      }
    }
  }
  return { commands: merged, problems, find: (context, key) => lookup.get(`${context} ${keyId(key)}`) ?? null };
}

function rebind(command: Command, keys: readonly string[] | undefined, problems: KeyProblem[]): Command {
  if (keys === undefined) return command;
  const read = keys.flatMap((written) => {
    const key = parseKeyId(written);
    if (key !== null) return [key];
    problems.push({
      command: command.id,
      key: written,
      message: `"${written}" is no key; write for example "x", "X", "ctrl+x", "alt+1", "pgup"`,
    });
    return [];
  });
  // All keys misread: rather the table's own keys than a command that nothing reaches.
  return { ...command, keys: read.length === 0 && keys.length > 0 ? command.keys : read };
}

/** A command that nobody rebound gives up the keys that a rebound one took in a context of both. */
function yieldKeys(command: Command, chosen: readonly Command[]): Command {
  const taken = (key: string) =>
    chosen.some((other) => other.keys.includes(key) && other.contexts.some((context) => command.contexts.includes(context)));
  return command.keys.some(taken) ? { ...command, keys: command.keys.filter((key) => !taken(key)) } : command;
}

const topicTitles: readonly (readonly [Command["topic"], string])[] = [
  ["terminals", "Terminals"],
  ["messages", "Messages and answers"],
  ["looking", "Looking around"],
  ["search", "Search"],
  ["copy", "Copy mode"],
  ["blockers", "Blockers"],
  ["lists", "Lists"],
  ["time", "Time"],
  ["leaving", "Leaving"],
  ["take-over", "Take-over"],
  ["layout", "Layout"],
  ["dialogs", "Questions, palette, help"],
];

export interface KeyRow {
  readonly ids: readonly string[];
  readonly keys: string;
  readonly title: string;
  readonly help: string;
}

export interface KeyTopic {
  readonly title: string;
  readonly rows: readonly KeyRow[];
}

/** The rows of some contexts by topic, as a person reads them; the ten terminals' rows are one. */
export function keyTable(commands: readonly Command[], contexts: readonly Context[] | null, ascii = false): readonly KeyTopic[] {
  return topicTitles
    .map(([topic, title]) => ({
      title,
      rows: foldNumbers(
        commands.filter(
          (command) =>
            command.topic === topic &&
            command.keys.length > 0 &&
            (contexts === null || command.contexts.some((context) => contexts.includes(context))),
        ),
        ascii,
      ),
    }))
    .filter((topic) => topic.rows.length > 0);
}

function foldNumbers(commands: readonly Command[], ascii: boolean): readonly KeyRow[] {
  const rows: KeyRow[] = [];
  const families = new Set<string>();
  for (const command of commands) {
    const family = /^(.*)-\d+$/u.exec(command.id)?.[1];
    const members =
      family === undefined ? [command] : commands.filter((other) => other.id.startsWith(`${family}-`) && /-\d+$/u.test(other.id));
    if (family !== undefined && families.has(family)) continue;
    if (family !== undefined) families.add(family);
    const last = members.at(-1) ?? command;
    const label = (one: Command) => one.keys.map((key) => keyLabel(key, ascii)).join(" ");
    rows.push({
      ids: members.map((member) => member.id),
      keys: members.length > 1 ? `${label(command)}${ascii ? ".." : "…"}${label(last)}` : label(command),
      title: members.length > 1 ? command.title.replace(/ \d+$/u, "") : command.title,
      help: members.length > 1 ? command.help.replace(/ \d+/u, " by its number, 0 is 10") : command.help,
    });
  }
  return rows;
}

/** The key table of the README. */
export function keyTableMarkdown(commands: readonly Command[]): string {
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const topics = keyTable(commands, null).map(({ title, rows }) =>
    [
      `### ${title}`,
      "",
      "| key | does |",
      "|---|---|",
      ...rows.map(
        (row) =>
          `| ${row.keys
            .split(" ")
            .map((key) => `\`${cell(key)}\``)
            .join(" ")} | ${cell(row.help)} |`,
      ),
    ].join("\n"),
  );
  return `${topics.join("\n\n")}\n`;
}
