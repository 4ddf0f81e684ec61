/** What lies over the panes: help, palette, questions, notices, a line of text. */
import { wrap } from "../format.ts";
import { inside } from "../geometry.ts";
import type { OverlayWish } from "../layout.ts";
import { fillLine, lineWidth, paint, span, type Line } from "../lines.ts";
import { drawFrame } from "../frame.ts";
import type { Frame } from "../screen.ts";
import type { Overlay } from "../stores/view-store.ts";
import { block, lineBlock, plainRows, type Block, type Row } from "./block.ts";
import { blockerPageLines } from "./blocker-page.ts";
import { choiceRows, choicesHeight } from "./choices.ts";
import { helpLines, helpTitle, helpWidth } from "./help.ts";
import { isMessageOverlay, messageHeight, messageRows, messageTitle } from "./message-overlays.ts";
import { listRows } from "./list.ts";
import { paletteMatches } from "./palette.ts";

/** How much room the overlay would like, borders included; the layout gives it or less. */
export function overlayWish(frame: Pick<Frame, "commands" | "view" | "theme">): OverlayWish | null {
  const { overlay, size } = frame.view;
  const wanted = overlay.kind === "help" ? helpWidth(size.columns) : overlay.kind === "notice" ? 96 : 72;
  const columns = Math.min(size.columns - 4, wanted);
  if (overlay.kind === "none") return null;
  if (overlay.kind === "palette") return { columns, rows: Math.min(22, Math.max(10, size.rows - 8)), place: "top" };
  if (overlay.kind === "help") {
    // As high as with all keys, so that it stands still while something is looked for.
    const all = { ...frame, view: { ...frame.view, overlay: { ...overlay, query: "", typing: false } } };
    return { columns, rows: helpLines(all, columns - 4).length + 2, place: "centre" };
  }
  if (overlay.kind === "input") return { columns, rows: inputLines(overlay, columns - 4).length + 2, place: "centre" };
  if (isMessageOverlay(overlay)) {
    const messageColumns = Math.min(size.columns - 4, 96);
    return { columns: messageColumns, rows: messageHeight(overlay, messageColumns - 4) + 2, place: "centre" };
  }
  if (overlay.kind === "blocker") return { columns: Math.min(size.columns - 4, 110), rows: Math.min(size.rows - 4, 48), place: "centre" };
  const wide = overlay.kind === "choice" && overlay.wide === true ? Math.min(size.columns - 4, 110) : columns;
  const choices = overlay.kind === "choice" ? choicesHeight(overlay, wide - 4) + 1 : 0;
  return { columns: wide, rows: bodyLines(overlay.body, wide - 4).length + choices + 4, place: "centre" };
}

export function overlayBlocks(frame: Frame): readonly Block[] {
  const { overlay } = frame.layout;
  if (overlay === null) return [];
  const inner = inside(overlay);
  const { theme } = frame;
  const body = { ...inner, x: inner.x + 1, width: inner.width - 2 };
  const title: Line = [span(` ${overlayTitle(frame)} `, "chip")];
  const border = drawFrame(frame.layout.size, [{ rect: overlay, tone: "border-focus", strong: true }], theme.glyphs.name === "ascii");
  return [
    block("overlay-ground", overlay, [], theme, true),
    ...border.map(
      (piece, index): Block => ({
        key: `overlay-border-${index}`,
        x: piece.x,
        y: piece.y,
        width: piece.width,
        height: piece.height,
        text: piece.text
          .split("\n")
          .map((line) => paint([span(line, piece.tone)], theme))
          .join("\n"),
      }),
    ),
    lineBlock(
      "overlay-title",
      { x: overlay.x + 2, y: overlay.y, width: Math.min(lineWidth(title), overlay.width - 4), height: 1 },
      title,
      theme,
    ),
    block("overlay-body", body, overlayRows(frame, body.width, body.height), theme, true),
  ];
}

function overlayTitle(frame: Frame): string {
  const { overlay } = frame.view;
  if (overlay.kind === "help") return helpTitle(frame);
  if (overlay.kind === "palette") return "Command";
  if (overlay.kind === "blocker") return `Blocker ${overlay.id}`;
  if (isMessageOverlay(overlay)) return messageTitle(overlay);
  return overlay.kind === "none" ? "" : overlay.title;
}

function overlayRows(frame: Frame, width: number, height: number): readonly Row[] {
  const { overlay } = frame.view;
  const { glyphs } = frame.theme;
  if (overlay.kind === "palette") return paletteRows(frame, overlay, width, height);
  if (overlay.kind === "help") {
    return page(helpLines(frame, width), overlay.scroll, height, glyphs.more);
  }
  if (overlay.kind === "notice") return page(bodyLines(overlay.body, width), overlay.scroll, height, glyphs.more);
  if (overlay.kind === "input") return plainRows(inputLines(overlay, width).slice(-height));
  if (overlay.kind === "blocker") return page(blockerPageLines(frame, overlay.id, width), overlay.scroll, height, glyphs.more);
  if (overlay.kind === "none") return [];
  if (isMessageOverlay(overlay)) return messageRows(frame, overlay, width, height);
  const body = plainRows([[], ...bodyLines(overlay.body, width), []]);
  return [...body, ...choiceRows(frame, overlay, width, height - body.length)];
}

/** What it is about, and what was typed so far: as many lines of it as a note needs, the newest words always among them. */
function inputLines({ body, text }: Extract<Overlay, { kind: "input" }>, width: number): readonly Line[] {
  const about = body === undefined ? [] : [...bodyLines(body, width), []];
  const typed = wrap(text, Math.max(1, width - 1)).slice(-MOST_INPUT_LINES);
  return [...about, ...typed.map((line, index): Line => (index === typed.length - 1 ? [span(line), span(" ", "chip")] : [span(line)]))];
}

const MOST_INPUT_LINES = 6;

function paletteRows(frame: Frame, overlay: Extract<Overlay, { kind: "palette" }>, width: number, height: number): readonly Row[] {
  const { glyphs } = frame.theme;
  const matches = paletteMatches(frame, overlay.query);
  const input: Line = [
    span(": ", "key"),
    span(overlay.query),
    span(" ", "chip"),
    ...(overlay.query === "" ? [span(" type a part of its name", "dim")] : []),
  ];
  const items = matches.map((match): readonly Line[] => {
    const key = span(match.key.padStart(10), match.disabled === null ? "key" : "dim");
    const why = match.disabled === null ? [] : [span(`  ${match.disabled}`, "warn")];
    return [[key, span("  "), span(match.command.title, match.disabled === null ? "plain" : "dim"), ...why]];
  });
  const rows =
    items.length === 0 ? plainRows([[span("no command has that in its name", "dim")]]) : listRows(items, overlay.index, height - 2, glyphs);
  return [...plainRows([input, []]), ...rows.map((row) => ({ ...row, line: fillLine(row.line, width, glyphs.ellipsis) }))];
}

export function bodyLines(body: readonly string[], width: number): readonly Line[] {
  return body.flatMap((text) => {
    const words = text.replace(/^ +/, "");
    // However far it is moved in, half of the page is left for it.
    const indent = Math.min(text.length - words.length, Math.floor(width / 2));
    return wrap(words, width - indent).map((line): Line => [span(" ".repeat(indent) + line)]);
  });
}

/** A page of lines; the last one says that there is more. */
function page(lines: readonly Line[], scroll: number, height: number, more: string): readonly Row[] {
  const first = Math.max(0, Math.min(scroll, lines.length - height));
  const shown = lines.slice(first, first + height);
  const left = lines.length - first - height;
  return plainRows(left > 0 && height > 1 ? [...shown.slice(0, -1), [span(`${more} ${left + 1} more lines`, "dim")]] : shown);
}
