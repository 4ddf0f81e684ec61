/** The last line: what has the keys, and what they do here. */
import { contextOf, contextTitles, type Command, type Situation } from "../commands.ts";
import { keyLabel } from "../keys.ts";
import { emptyLine, lineWidth, pack, span, spread, type Line, type Part } from "../lines.ts";
import type { Frame } from "../screen.ts";
import { readingLine } from "./reading.ts";
import { lineBlock, type Block } from "./block.ts";

export function statusBlocks(frame: Frame): readonly Block[] {
  const { status } = frame.layout;
  return [lineBlock("status", status, statusLine(frame, status.width), frame.theme)];
}

export function situationOf(frame: Frame): Situation {
  return { view: frame.view, facts: frame.facts, layout: frame.layout, connection: frame.marathon.connection };
}

/** Of the line's room, for what is searched and selected; the rest says which keys help. */
const READING_SHARE = 0.7;

export function statusLine(frame: Frame, width: number): Line {
  const { glyphs } = frame.theme;
  if (frame.layout.kind === "one-line") return tooSmallLine(frame);
  const right = connectionText(frame);
  const chip = contextChip(frame);
  const reading = readingLine(frame, Math.floor((width - lineWidth(chip) - lineWidth(right)) * READING_SHARE));
  const room = width - lineWidth(chip) - lineWidth(reading) - lineWidth(right) - 3;
  const hints = pack(hintParts(frame), room, [span("  ")], glyphs.ellipsis);
  return spread([...chip, ...reading, span("  "), ...hints], right, width, glyphs.ellipsis);
}

function contextChip(frame: Frame): Line {
  const context = contextOf(frame.view);
  const terminal = ["take-over", "zoom", "copy"].includes(context) ? ` ${frame.view.focused}` : "";
  return [span(` ${contextTitles[context].toUpperCase()}${terminal} `, context === "take-over" ? "chip-takeover" : "chip")];
}

function hintParts(frame: Frame): readonly Part[] {
  const context = contextOf(frame.view);
  const situation = situationOf(frame);
  const ascii = frame.theme.glyphs.name === "ascii";
  const hinted = frame.commands
    .filter(
      (command) =>
        command.hint !== undefined &&
        command.keys.length > 0 &&
        command.contexts.includes(context) &&
        (command.disabled?.(situation) ?? null) === null,
    )
    // What only this context has is what a person is here for.
    .sort((a, b) => reach(a) - reach(b))
    // Whoever stands at a blocker wants to act on it.
    .sort((a, b) => Number(isAct(frame, b)) - Number(isAct(frame, a)))
    // Offered only while somebody waits: then nothing else is as much worth knowing.
    .sort((a, b) => Number(FOR_WHO_WAITS.has(b.id)) - Number(FOR_WHO_WAITS.has(a.id)));
  return hinted.map((command, index) => ({
    forms: [
      [
        span(familyLabel(command, frame.commands, ascii), "key"),
        span(` ${typeof command.hint === "function" ? command.hint(situation) : command.hint}`),
      ],
    ],
    weight: isAct(frame, command) ? 80 - index : weightOf(frame, command, index),
  }));
}

const ACTS = new Set(["escalate", "reassign", "fall-back", "resolve"]);

function isAct({ view, facts }: Frame, { id }: Command): boolean {
  if (!ACTS.has(id)) return false;
  if (view.overlay.kind === "blocker" || (view.view === "board" && view.area === "blockers")) return true;
  return facts?.blockers.some(({ state, terminal }) => state === "open" && terminal === view.focused) === true;
}

const FOR_WHO_WAITS = new Set(["answer", "next-needy"]);
/** What a lost person looks for. */
const WAYS_OUT = new Set(["help", "leave", "detach", "close", "release", "search-leave", "copy-leave", "copy-yank"]);

/** Where room is short, the heavier stays; of the rest it goes from the right. */
function weightOf({ view }: Frame, { id }: Command, index: number): number {
  // A list lies on the board; what fills the screen must say how to come back to it.
  if (WAYS_OUT.has(id) || (id === "back" && view.view !== "board")) return 100;
  return FOR_WHO_WAITS.has(id) ? 90 : 50 - index;
}

/** In how many contexts it is; all that are nearly everywhere count alike. */
function reach(command: Command): number {
  return Math.min(command.contexts.length, 4);
}

/** "1…0" for the ten terminals' keys, else the command's first key. */
function familyLabel(command: Command, all: readonly Command[], ascii: boolean): string {
  const label = (one: Command) => keyLabel(one.keys[0] ?? "", ascii);
  const family = /^(.*-)1$/u.exec(command.id)?.[1];
  const last = family === undefined ? undefined : all.findLast((other) => other.id.startsWith(family) && /-\d+$/u.test(other.id));
  return last === undefined ? label(command) : `${label(command)}${ascii ? ".." : "…"}${label(last)}`;
}

function connectionText(frame: Frame): Line {
  const { connection } = frame.marathon;
  if (connection.status === "attached") return emptyLine;
  if (connection.status === "connecting") return [span(" attaching ", "chip")];
  if (connection.status === "silent") return [span(` engine silent for ${connection.seconds} s `, "chip-bad")];
  return [span(` ${connection.status === "ended" ? "ended" : "engine gone"}: ${connection.reason} `, "chip-bad")];
}

function tooSmallLine(frame: Frame): Line {
  const { columns, rows } = frame.layout.size;
  const key = (id: string) => keyLabel(frame.commands.find((command) => command.id === id)?.keys[0] ?? "", true);
  return [span(`${columns}x${rows} is too small (50x12)`, "warn"), span(`  ${key("detach")} detach  ${key("leave")} leave`)];
}
