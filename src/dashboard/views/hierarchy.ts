/** The chain of command with live states: every branch says what goes on below it. */
import { age, plural } from "../format.ts";
import { SPAN } from "../../marathon/spans.ts";
import type { Facts, TreeFacts } from "../facts/types.ts";
import { lineWidth, pack, span, spread, type Line } from "../lines.ts";
import type { Frame } from "../screen.ts";
import type { Glyphs, Tone } from "../theme.ts";
import type { Row } from "./block.ts";
import { compactTree, isUnfilled } from "./compact-tree.ts";
import { listRows } from "./list.ts";
import { ageWidth, stateTone } from "./states.ts";

export function hierarchyRows(frame: Frame, size: { readonly width: number; readonly height: number }): readonly Row[] {
  const { facts, view } = frame;
  const { glyphs } = frame.theme;
  if (facts === null) return [];
  const selected = view.area === "hierarchy" && view.view === "board" ? view.selected.hierarchy : null;
  const foot = size.height >= 12 ? delegationLine(facts, size.width, glyphs) : null;
  const height = size.height - (foot === null ? 0 : 1);
  const indent = size.width >= 40 ? 2 : 1;
  // As long as nobody walks through the tree, what matters least gives way until it fits.
  const {
    rows: shown,
    folded,
    unfilled,
  } = selected === null ? compactTree(facts.tree, height) : { rows: new Set(facts.tree), folded: new Set<TreeFacts>(), unfilled: 0 };
  const items = facts.tree.map((node) =>
    shown.has(node) ? [nodeLine(node, folded.has(node) || node.folded, indent, size.width, glyphs)] : [],
  );
  if (unfilled > 0) items.push([[span(`${glyphs.signs.absent} ${plural(unfilled, "role")} unfilled`, "dim")]]);
  const rows = [...listRows(items, selected, height, glyphs)];
  if (foot === null) return rows;
  while (rows.length < height) rows.push({ line: [], item: null, selected: false });
  return [...rows, { line: foot, item: null, selected: false }];
}

function nodeLine(node: TreeFacts, folded: boolean, indent: number, width: number, glyphs: Glyphs): Line {
  if (node.kind === "unfilled") return [span(`${folded ? glyphs.closed : glyphs.open} ${plural(node.count, "role")} unfilled`, "dim")];
  const mark = node.children ? (folded ? glyphs.closed : glyphs.open) : isUnfilled(node) ? glyphs.signs.absent : " ";
  const right = nodeRight(node, glyphs);
  const name: Line = [
    span(`${" ".repeat(node.depth * indent)}${mark} `, "dim"),
    ...(node.state === "absent" ? [] : [span(`${glyphs.signs[node.state]} `, toneOf(node))]),
    span(node.role, node.state === "absent" ? (node.children ? "strong" : "dim") : "plain"),
    span(node.count > 1 ? ` ${glyphs.times}${node.count}` : "", "dim"),
    ...spanMark(node.span),
  ];
  // "terminal 1" and the number of its task would be read as one.
  const separator = node.kind === "terminal" && node.role === `terminal ${node.terminal}` ? ` ${glyphs.dot}` : "";
  // A few letters of a title say nothing.
  const titleRoom = width - lineWidth(name) - lineWidth(right);
  return spread(
    node.title === "" || titleRoom < 10 ? name : [...name, span(`${separator} ${node.title}`, "dim")],
    right,
    width,
    glyphs.ellipsis,
  );
}

/** How many a coordinator leads; outside of what one can lead well it says on which side. */
function spanMark(led: TreeFacts["span"]): Line {
  if (led === null) return [];
  const side = led.outside === "too many" ? `>${SPAN.most}` : led.outside === "too few" ? `<${SPAN.least}` : "";
  return [span(` ${led.agents}${side}`, led.outside === "too many" ? "warn" : "dim")];
}

/** Right edge: what is below a branch; for who sits in a terminal, which one and the age of the state. */
function nodeRight(node: TreeFacts, glyphs: Glyphs): Line {
  const below: Line = [
    ...node.below.signs.map(({ sign, count }) => span(` ${glyphs.signs[sign]}${count}`, stateTone(sign))),
    ...(node.below.busy > 0 ? [span(` ${glyphs.signs.busy}${node.below.busy}`, "good")] : []),
  ];
  if (node.state === "absent") return below;
  const place = node.terminal === null ? "" : `T${node.terminal}`;
  const since = node.age === null ? "" : age(node.age);
  return [
    ...below,
    span(` ${place.padStart(3)}`, "dim"),
    span(` ${since.padStart(ageWidth)}`, toneOf(node) === "good" ? "dim" : toneOf(node)),
  ];
}

function toneOf(node: TreeFacts): Tone {
  const tone = stateTone(node.state);
  return node.stuck && tone === "dim" ? "bad" : tone;
}

function delegationLine(facts: Facts, width: number, glyphs: Glyphs): Line {
  const { spawned, now, peak, parallel, direct, violations } = facts.delegation;
  const alarms = [
    ...(direct.over && direct.share !== null ? [`direct ${Math.round(direct.share * 100)} % > 1 %`] : []),
    ...(violations > 0 ? [`${plural(violations, "violation")}`] : []),
  ];
  const words = [
    `${spawned} spawned`,
    `${now} now`,
    ...(parallel === null ? [] : [`${glyphs.times}${parallel.toFixed(1)}`]),
    `peak ${peak}`,
  ];
  return pack(
    [
      ...alarms.map((word) => ({ forms: [[span(word, "warn")]], weight: 1 })),
      ...words.map((word, index) => ({ forms: [[span(word, "dim")]], weight: -index })),
    ],
    width,
    [span(` ${glyphs.dot} `, "dim")],
    glyphs.ellipsis,
  );
}
