/**
 * Patterns of plans: `*` stands for any characters, none included, `?` for one, and in paths `**` for any number of parts, none
 * included. A plan is somebody else's text: whatever its patterns are, a match takes at most pattern times text steps.
 */

/** Like the text from end to end. `anyCase`: upper and lower case are the same, letter for letter. */
export function textLike(pattern: string, { anyCase = false }: { readonly anyCase?: boolean } = {}): (text: string) => boolean {
  const wanted = anyCase ? folded(pattern) : pattern;
  if (!/[*?]/u.test(wanted)) return (text) => (anyCase ? folded(text) : text) === wanted;
  const signs = [...wanted];
  return (text) => {
    const letters = [...(anyCase ? folded(text) : text)];
    return follows(signs, letters, "*", (sign, letter) => sign === "?" || sign === letter);
  };
}

/** Like the path from its first part to its last. `parts` of the pattern: `**` by itself, else as `textLike` has it. */
export function pathLike(parts: readonly string[], options: { readonly anyCase?: boolean } = {}): (path: readonly string[]) => boolean {
  const wanted = parts.map((part) => (part === "**" ? null : textLike(part, options)));
  return (path) => follows(wanted, path, null, (like, part) => like?.(part) === true);
}

/** The parts of a path, or of a pattern for paths, without those that lead nowhere. */
export function pathParts(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}

/**
 * Whether the items follow the signs, one by one; `any` stands for any number of items. It takes as few as it can, and when what
 * follows it does not fit, one more. Only the last `any` has to be tried so: to give one before it more would leave less to choose from.
 */
function follows<Sign, Item>(
  signs: readonly Sign[],
  items: readonly Item[],
  any: Sign,
  fits: (sign: Sign, item: Item) => boolean,
): boolean {
  let sign = 0;
  let item = 0;
  let behindAny = -1;
  let taken = 0;
  while (item < items.length) {
    if (sign < signs.length && signs[sign] === any) {
      behindAny = ++sign;
      taken = item;
    } else if (sign < signs.length && fits(signs[sign] as Sign, items[item] as Item)) {
      sign++;
      item++;
    } else if (behindAny >= 0) {
      sign = behindAny;
      item = ++taken;
    } else return false;
  }
  while (sign < signs.length && signs[sign] === any) sign++;
  return sign === signs.length;
}

/** Letters whose other case is several letters stay what they are, so that `?` counts the same. */
function folded(text: string): string {
  if (/^[\0-\x7f]*$/u.test(text)) return text.toUpperCase();
  return Array.from(text, (letter) => {
    const upper = letter.toLowerCase().toUpperCase();
    return [...upper].length === 1 ? upper : letter;
  }).join("");
}
