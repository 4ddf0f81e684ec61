/** Numbers as plans write them: "1-3", "1–3", "Terminals 1-3", "task 94", "9", "1, 3 and 5-7", "Overflow" (T-14). */

/** Longest list that one range may stand for; a slip like "1-1000000000" must not fill the memory. */
const LONGEST = 20_000;

/**
 * The numbers of a range, ascending and each once. Empty for words that mean "none in particular"
 * (Overflow, any, -), null when the text is no range at all or is longer than 20,000.
 */
export function parseRange(text: string): number[] | null {
  const bare = text
    .replace(/\b(?:terminals?|tasks?|sessions?|#)\b/gi, " ")
    .replaceAll("#", " ")
    .trim();
  if (/^(?:overflow|any(?: available)?(?: terminals?)?|none|all free|free|tbd|n\/a|[-–—]|)$/i.test(bare)) return [];
  const numbers = new Set<number>();
  for (const part of bare.split(/\s*(?:,|;|&|\+|\band\b)\s*/i)) {
    const match = /^T?(\d{1,6})(?:\s*(?:-|‐|‑|–|—|\bto\b|\.\.)\s*T?(\d{1,6}))?$/i.exec(part);
    if (match === null) return null;
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (last < first || last - first >= LONGEST || numbers.size > LONGEST) return null;
    for (let number = first; number <= last; number++) numbers.add(number);
  }
  return [...numbers].sort((a, b) => a - b);
}

/** Numbers as a person would write them: [1, 2, 3, 7] is "1–3, 7". */
export function showRange(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let index = 0; index < sorted.length; ) {
    let end = index;
    while (end + 1 < sorted.length && sorted[end + 1] === (sorted[end] ?? 0) + 1) end++;
    parts.push(end === index ? `${sorted[index]}` : `${sorted[index]}–${sorted[end]}`);
    index = end + 1;
  }
  return parts.join(", ");
}

/** Cuts a list into `parts` neighbouring pieces whose lengths differ by one at most, longer ones first. */
export function splitEvenly<T>(list: readonly T[], parts: number): T[][] {
  const base = Math.floor(list.length / parts);
  const extra = list.length % parts;
  let start = 0;
  return Array.from({ length: parts }, (_, index) => {
    const end = start + base + (index < extra ? 1 : 0);
    const piece = list.slice(start, end);
    start = end;
    return piece;
  });
}
