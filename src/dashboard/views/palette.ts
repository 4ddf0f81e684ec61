import { contextOf, type Command } from "../commands.ts";
import { keyLabel } from "../keys.ts";
import type { Frame } from "../screen.ts";
import { situationOf } from "./status.ts";

export interface PaletteMatch {
  readonly command: Command;
  readonly key: string;
  /** Why it cannot be done now; null when it can. */
  readonly disabled: string | null;
}

/** The commands of the context beneath the palette whose title or name has all the words of the query; possible ones first. */
export function paletteMatches(frame: Frame, query: string): readonly PaletteMatch[] {
  const beneath = { ...frame.view, overlay: { kind: "none" } as const };
  const context = contextOf(beneath);
  const situation = { ...situationOf(frame), view: beneath };
  return frame.commands
    .filter((command) => command.contexts.includes(context) && command.id !== "palette")
    .filter((command) => hasWords(`${command.title} ${command.id}`, query))
    .map((command) => ({
      command,
      key: command.keys[0] === undefined ? "" : keyLabel(command.keys[0], frame.theme.glyphs.name === "ascii"),
      disabled: command.disabled?.(situation) ?? null,
    }))
    .sort((a, b) => Number(a.disabled !== null) - Number(b.disabled !== null));
}

/** Whether every word of the query is somewhere in the text, capitals or not. */
export function hasWords(text: string, query: string): boolean {
  const where = text.toLowerCase();
  const words = query.toLowerCase().split(/\s+/u);
  return words.every((word) => where.includes(word));
}
