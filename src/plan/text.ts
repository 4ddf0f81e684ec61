/** Small repairs and readings of text that came out of a cell, a heading or a line. */

/** Repairs broken encodings, makes hard spaces soft, trims. */
export function clean(text: string): string {
  return repairMojibake(text).replaceAll("\u00a0", " ").trim();
}

/** Code without the blank lines at its end, which a fence that nobody closed has or not, depending on where it was cut. */
export function withoutBlankLines(code: string): string {
  let end = code.length;
  while (end > 0 && " \t\n".includes(code[end - 1] ?? "")) end--;
  const line = end === 0 ? 0 : code.indexOf("\n", end);
  return line === -1 ? code : code.slice(0, line);
}

/** Takes Markdown's bold markers off: `**Total:** 36` is "Total: 36". Stars that are no pair stay. */
export function plain(text: string): string {
  return text
    .replace(/\*\*(?=\S)(.+?)\*\*/g, "$1")
    .replace(/(?<![\w_])__(?=\S)(.+?)__(?![\w_])/g, "$1")
    .trim();
}

/** Takes bold markers off a cell that is bold as a whole (T-78), and nothing off any other (T-63). */
export function unbold(cell: string): string {
  const inner = /^\*\*([^*]+)\*\*$/.exec(cell)?.[1] ?? /^__([^_]+)__$/.exec(cell)?.[1];
  return (inner ?? cell).trim();
}

/** Text without the icons and marks that people put before a heading (T-52). */
export function withoutIcon(text: string): string {
  // Most begin with a letter, and the expression for all the others takes milliseconds to make.
  if (/^[A-Za-z0-9]/.test(text)) return text.trim();
  return text.replace(/^[^\p{L}\p{N}([#`"'-]+/u, "").trim();
}

/** "[Name]", XXX, NNN, YYYYMMDD and kin stand for a value and are none (T-58). The placeholder, or null. */
export function placeholderIn(text: string): string | null {
  return (
    /#?(?<![A-Za-z])X{3,}(?![A-Za-z])|(?<![A-Za-z])N{3}(?![A-Za-z])|YYYY-?MM-?DD|\[(?:name|list|title|date|path|number)\b[^\]]*\]/i.exec(
      text,
    )?.[0] ?? null
  );
}

/**
 * UTF-8 that was read as Windows-1252 and saved again (T-30). Every character of a broken run stands for one
 * byte; a run that decodes as UTF-8 is what was meant. Three signs lost a byte on the way (0x8F and 0x9D have
 * no character in Windows-1252) and are known by what is left of them.
 */
export function repairMojibake(text: string): string {
  if (!/[\u00c2-\u00f4]/.test(text)) return text;
  let repaired = text;
  for (const [broken, right] of LOSSY) repaired = repaired.replaceAll(broken, right);
  return repaired.replace(SUSPECT, (run) => decodeRun(run) ?? run);
}

/** Windows-1252 bytes 0x80 to 0x9F, as the characters that they show as; "" has none. */
const C1 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const BYTE_OF = new Map([...C1].map((char, index) => [char, 0x80 + index]));
const TAIL = `[\\u0080-\\u00bf${C1}]`;
const SUSPECT = new RegExp(`[\\u00c2-\\u00df]${TAIL}|[\\u00e0-\\u00ef]${TAIL}{2}|[\\u00f0-\\u00f4]${TAIL}{3}`, "g");
const LOSSY: readonly (readonly [string, string])[] = [
  ["\u00e2\u0161\u00a0\u00ef\u00b8\u008f", "⚠️"],
  ["\u00e2\u0161\u00a0\u00ef\u00b8", "⚠️"],
  ["\u00e2\u009d\u0152", "❌"],
  ["\u00e2\u0152", "❌"],
  ["\u00e2\u008f\u00b3", "⏳"],
  ["\u00e2\u00b3", "⏳"],
];

function decodeRun(run: string): string | null {
  const bytes = [...run].map((char) => BYTE_OF.get(char) ?? char.charCodeAt(0));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}
