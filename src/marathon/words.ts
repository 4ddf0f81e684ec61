/** Small pieces of the sentences that people read. */

/** "1", "1 and 2", "1, 2 and 3", "1, 2, 3 and 7 more". */
export function listed(items: readonly (number | string)[], most = 4): string {
  if (items.length <= 1) return String(items[0] ?? "");
  if (items.length > most) return `${items.slice(0, most - 1).join(", ")} and ${items.length - most + 1} more`;
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** One line of at most `width` UTF-16 units, cut with an ellipsis; control characters become spaces. */
export function oneLine(text: string, width = 160): string {
  // eslint-disable-next-line no-control-regex -- control characters are what must go
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
  return line.length <= width ? line : `${line.slice(0, width - 1).trimEnd()}…`;
}

/** The last part of a path. */
export function base(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** "1 task", "2 tasks". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
