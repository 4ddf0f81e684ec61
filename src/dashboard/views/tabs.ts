/** The tabs of a small screen: each terminal with its sign, and the lists with the keys that open them. */
import { keyLabel } from "../keys.ts";
import { cutLine, span, type Line } from "../lines.ts";
import type { Frame } from "../screen.ts";
import { lineBlock, type Block } from "./block.ts";
import { unseenSigns } from "./marks.ts";
import { terminalTone } from "./states.ts";

const lists = ["streams", "blockers", "hierarchy", "terminals"] as const;
const titles: Readonly<Record<(typeof lists)[number], string>> = {
  streams: "streams",
  blockers: "blockers",
  hierarchy: "tree",
  terminals: "list",
};

export function tabBlocks(frame: Frame): readonly Block[] {
  const { tabs } = frame.layout;
  return tabs === null ? [] : [lineBlock("tabs", tabs, cutLine(tabsLine(frame), tabs.width, frame.theme.glyphs.ellipsis), frame.theme)];
}

function tabsLine(frame: Frame): Line {
  const { glyphs } = frame.theme;
  const { view } = frame;
  const terminals = (frame.facts?.terminals ?? []).flatMap((terminal): Line => {
    const current = view.area === "panes" && terminal.number === view.focused;
    const sign = glyphs.signs[terminal.state];
    const unseen = unseenSigns(frame, terminal.number);
    return current
      ? [span(" "), span(`${terminal.number}${sign}`, view.context === "take-over" ? "chip-takeover" : "chip")]
      : [span(` ${terminal.number}`), span(sign, terminalTone(terminal)), ...unseen];
  });
  const rails = lists.flatMap((name): Line => {
    const command = frame.commands.find((one) => one.id === name);
    const key = command?.keys[0] === undefined ? "" : `${keyLabel(command.keys[0])} `;
    return view.area === name ? [span(` ${key}${titles[name]} `, "chip")] : [span(` ${key}`, "key"), span(`${titles[name]} `)];
  });
  return [...terminals, span(`  ${glyphs.separator}`, "dim"), ...rails];
}
