/** Fences of Markdown, within which nothing is a heading, a box or a label. Pure. */

/** The fence that is open behind this line, when `open` is before it; null: none. A fence ends with its own sign, at least as long. */
export function fenceAfter(open: string | null, line: string): string | null {
  const [, mark, rest = ""] = /^ {0,3}(`{3,}|~{3,})([^]*)$/u.exec(line) ?? [];
  if (mark === undefined) return open;
  if (open !== null) return mark.startsWith(open) && rest.trim() === "" ? null : open;
  // With another backtick behind it, it is code within a line.
  return mark.startsWith("`") && rest.includes("`") ? null : mark;
}
