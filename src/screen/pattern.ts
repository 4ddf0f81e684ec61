/** What a person looks for, as an expression. */

/** The text is no expression; the message says why. */
export class PatternError extends Error {}

/** Longest text to look for (UTF-16 units): nobody types more, and a paste of more is a mistake. */
export const MAX_PATTERN = 1000;

/**
 * The global expression for a text or, with `regex`, for a regular expression of JavaScript. Small letters find capitals too;
 * a capital in it finds only itself. Throws PatternError.
 */
export function patternOf(query: string, regex: boolean): RegExp {
  if (query.length > MAX_PATTERN) throw new PatternError(`longer than ${MAX_PATTERN} characters`);
  const text = query.normalize("NFC");
  const flags = hasCapital(text, regex) ? "g" : "gi";
  // Without the flag `u` small and capital letters are compared several times faster; only beyond U+FFFF it is needed.
  if (!regex) return new RegExp(escaped(text), /[\u{10000}-\u{10ffff}]/u.test(text) ? `${flags}u` : flags);
  try {
    return new RegExp(text, `${flags}u`);
  } catch {
    // The strict form refuses much that people write in other programs, such as `\-` or a lone `{`.
  }
  try {
    return new RegExp(text, flags);
  } catch (error) {
    throw new PatternError((error as Error).message.replace(/^Invalid regular expression: (?:.*: )?/su, ""), { cause: error });
  }
}

/** A letter behind a backslash names a class of characters and asks for nothing. */
function hasCapital(text: string, regex: boolean): boolean {
  return /\p{Lu}/u.test(regex ? text.replaceAll(/\\(?:[pP]\{[^}]*\}|.)/gsu, "") : text);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
}
