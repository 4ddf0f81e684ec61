/** What the lists say, in one line each: for a zoomed terminal and for small screens. */
import { truncate } from "../format.ts";
import { cutLine, pack, span, type Line, type Part } from "../lines.ts";
import type { Frame } from "../screen.ts";
import { bar } from "../bar.ts";
import { lineBlock, type Block } from "./block.ts";
import { blockersLine } from "./blockers.ts";
import { laneTone } from "./lanes.ts";
import { paceShort } from "./pace.ts";
import { terminalsLine } from "./terminals.ts";

export function foldedBlocks(frame: Frame): readonly Block[] {
  return frame.layout.folded.map(({ name, rect }) =>
    lineBlock(`folded-${name}`, rect, cutLine(lineOf(frame, name, rect.width), rect.width, frame.theme.glyphs.ellipsis), frame.theme),
  );
}

function lineOf(frame: Frame, name: Frame["layout"]["folded"][number]["name"], width: number): Line {
  if (name === "streams") return lanesLine(frame, width, true);
  if (name === "blockers") return blockersLine(frame, frame.theme.glyphs);
  if (name === "terminals") return [span(" terminals", "dim"), ...terminalsLine(frame)];
  return summaryLine(frame, width);
}

/** Streams, then the most urgent blocker: the second line of a small screen. */
function summaryLine(frame: Frame, width: number): Line {
  const { glyphs } = frame.theme;
  const first = frame.facts?.blockers.find((blocker) => blocker.state === "open");
  if (first === undefined) return lanesLine(frame, width, false);
  const blockers: Line = [
    span(`${glyphs.signs.blocked} `, "bad"),
    span(`${first.priority} ${first.tasks.join(" ")} ${truncate(first.title, 16, glyphs.ellipsis)}`, "bad"),
  ];
  const lanes = lanesLine(frame, Math.max(24, width - 30), false);
  return pack(
    [
      { forms: [lanes], weight: 50, keep: true },
      { forms: [blockers], weight: 10, keep: true },
    ],
    width,
    [span("  ")],
    glyphs.ellipsis,
  );
}

function lanesLine(frame: Frame, width: number, wide: boolean): Line {
  const { glyphs } = frame.theme;
  // None takes fewer columns than four: what is beyond those that have room is cut off in any case.
  const lanes = (frame.facts?.lanes.rows ?? []).slice(0, Math.ceil(width / 4) + 1);
  const parts = lanes.map((lane, index): Part => {
    const id: Line = [span(lane.id, "accent"), span(" ")];
    const count: Line = [
      span(`${lane.done}/${lane.total}`.padEnd(String(lane.total).length * 2 + (lane.blocked > 0 ? 0 : 1))),
      ...(lane.blocked > 0 ? [span(`${glyphs.signs.blocked}${lane.blocked}`, "bad")] : []),
    ];
    const forms: Line[] = [
      [
        ...id,
        ...bar(lane.done, lane.total, wide ? 8 : 4, glyphs, laneTone(lane)),
        span(" "),
        ...count,
        span(" "),
        ...paceShort(lane.behind, glyphs),
      ],
    ];
    forms.push([...id, ...bar(lane.done, lane.total, 4, glyphs, laneTone(lane)), span(" "), ...count], [...id, ...count]);
    return { forms, weight: 100 - index };
  });
  // All in the same form: a line of unlike entries is harder to read than a short one.
  for (const form of [0, 1, 2]) {
    const line = pack(
      parts.map((part) => ({ forms: [part.forms[form] ?? []], weight: part.weight, keep: true })),
      10_000,
      [span("  ")],
      glyphs.ellipsis,
    );
    if (form === 2 || line.reduce((sum, one) => sum + one.text.length, 0) <= width - 1) return [span(" "), ...line];
  }
  return [];
}
