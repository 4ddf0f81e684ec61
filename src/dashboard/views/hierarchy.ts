/** The chain of command with live states: every branch says what goes on below it. */
import { age } from "../format.ts";
import type { Facts, TreeFacts } from "../facts/types.ts";
import { span, spread, type Line } from "../lines.ts";
import type { Frame } from "../screen.ts";
import type { Glyphs } from "../theme.ts";
import type { Row } from "./block.ts";
import { listRows } from "./list.ts";
import { ageWidth, sign, stateTone } from "./states.ts";

export function hierarchyRows(frame: Frame, size: { readonly width: number; readonly height: number }): readonly Row[] {
  const { facts, view } = frame;
  const { glyphs } = frame.theme;
  if (facts === null) return [];
  const selected = view.area === "hierarchy" && view.view === "board" ? view.selected.hierarchy : null;
  const foot = size.height >= 12 ? delegationLine(facts, glyphs) : null;
  const items = facts.tree.map((node) => [nodeLine(node, view.collapsed[node.id] === true, size.width, glyphs)]);
  const rows = [...listRows(items, selected, size.height - (foot === null ? 0 : 1), glyphs)];
  if (foot === null) return rows;
  while (rows.length < size.height - 1) rows.push({ line: [], item: null, selected: false });
  return [...rows, { line: foot, item: null, selected: false }];
}

function nodeLine(node: TreeFacts, folded: boolean, width: number, glyphs: Glyphs): Line {
  const mark = node.children ? (folded ? glyphs.closed : glyphs.open) : " ";
  const own = node.state !== "absent" || !node.children;
  const left: Line = [
    span(`${"  ".repeat(node.depth)}${mark} `, "dim"),
    ...(own ? [sign(node.state, glyphs), span(" ")] : []),
    span(node.label, node.state === "absent" ? "dim" : node.children ? "strong" : "plain"),
    span(node.count > 1 ? ` ${glyphs.times}${node.count}` : "", "dim"),
  ];
  return spread(left, nodeRight(node, glyphs), width, glyphs.ellipsis);
}

/** Right edge: for a branch what is below it, for a leaf its terminal and the age of its state. */
function nodeRight(node: TreeFacts, glyphs: Glyphs): Line {
  if (node.children) {
    return [
      ...(node.below.stuck > 0 ? [span(` ${glyphs.signs.blocked}${node.below.stuck}`, "bad")] : []),
      ...(node.below.busy > 0 ? [span(` ${glyphs.signs.busy}${node.below.busy}`, "good")] : []),
    ];
  }
  const place = node.terminal === null ? "" : `T${node.terminal}`;
  const since = node.age === null ? "" : age(node.age);
  return [span(` ${place.padStart(3)}`, "dim"), span(` ${since.padStart(ageWidth)}`, stateTone(node.state) === "good" ? "dim" : stateTone(node.state))];
}

function delegationLine(facts: Facts, glyphs: Glyphs): Line {
  const { spawned, now, peak } = facts.delegation;
  return [span(`${spawned} spawned ${glyphs.dot} ${now} now ${glyphs.dot} ${peak} at most`, "dim")];
}
