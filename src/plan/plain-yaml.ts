import type { YamlReading } from "./yaml.ts";

/** `key: words`, or a whole number, from the first column on. Neither holds a sign that means something in YAML. */
const LINE = /^([A-Za-z][A-Za-z0-9_-]*): (?:([1-9]\d{0,8}|0)|(\.?[A-Za-z](?:[A-Za-z0-9_./ -]*[A-Za-z0-9_./-])?))$/;
/** Words that are no text in YAML 1.2 (core schema). */
const NO_TEXT = /^(?:null|true|false|\.inf|\.nan)$/i;

/**
 * Reads YAML that is nothing but lines of a key and a few words, as the front matter of most plans is; null for any other, which the
 * library reads. To load and run that takes a twentieth of the time in which the first frame is to be there; a test holds both to be the same.
 */
export function plainYaml(text: string): YamlReading | null {
  const value: Record<string, string | number> = {};
  const keys = new Map<string, { readonly line: number; readonly column: number }>();
  for (const [index, line] of text.split("\n").entries()) {
    if (line === "") continue;
    const [, key, number, words] = LINE.exec(line) ?? [];
    if (key === undefined || keys.has(key) || NO_TEXT.test(key) || (words !== undefined && NO_TEXT.test(words))) return null;
    value[key] = words ?? Number(number);
    keys.set(key, { line: index + 1, column: 1 });
  }
  return keys.size === 0 ? null : { value, error: null, keys };
}
