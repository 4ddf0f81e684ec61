/** Splits a command line into words as a POSIX shell does, as far as no shell is needed to run it. */

export type CommandLine =
  | { readonly kind: "words"; readonly words: readonly string[] }
  /** It uses something that only a shell can do: pipes, variables, globs, several commands, `NAME=value` in front. */
  | { readonly kind: "shell" }
  | { readonly kind: "broken"; readonly reason: string };

const META = /[|&;<>()$`*?#~{}\n\r!]/;

/**
 * Quotes (`'…'` literally, `"…"` with `\"`, `\\`), backslashes and blanks mean what they mean in sh. Anything that sh
 * would expand or interpret outside single quotes makes the whole line `shell`, so nothing is ever half understood.
 */
export function commandLine(text: string): CommandLine {
  const words: string[] = [];
  let word: string | null = null;
  let quote: "'" | '"' | null = null;
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    if (quote === "'") {
      if (char === "'") quote = null;
      else word += char;
    } else if (char === "\\") {
      const next = text.charAt(++index);
      if (next === "") return { kind: "broken", reason: "it ends with a lone backslash" };
      word = (word ?? "") + (quote === '"' && !`"\\$\``.includes(next) ? `\\${next}` : next);
    } else if (quote === '"') {
      if (char === '"') quote = null;
      else if (char === "$" || char === "`") return { kind: "shell" };
      else word += char;
    } else if (char === "'" || char === '"') {
      quote = char;
      word ??= "";
    } else if (META.test(char)) {
      return { kind: "shell" };
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      word = (word ?? "") + char;
    }
  }
  if (quote !== null) return { kind: "broken", reason: `a quote (${quote}) is not closed` };
  if (word !== null) words.push(word);
  const [first] = words;
  if (first === undefined) return { kind: "broken", reason: "it is empty" };
  return /^[A-Za-z_]\w*=/.test(first) ? { kind: "shell" } : { kind: "words", words };
}
