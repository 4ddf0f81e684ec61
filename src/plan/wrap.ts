/** Text laid out in lines of a given width, for output that has no terminal library below it. Widths in characters. */

/** Breaks at spaces into lines of at most `width`, each indented; a longer word stands on a line of its own. */
export function wrap(text: string, width: number, indent = 0, hanging = indent): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const before = lines.length === 0 ? indent : hanging;
    if (line !== "" && before + line.length + 1 + word.length > width) {
      lines.push(" ".repeat(before) + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(" ".repeat(lines.length === 0 ? indent : hanging) + line);
  return lines.join("\n");
}

/** The text, or its beginning and an ellipsis. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1)).trimEnd()}…`;
}
