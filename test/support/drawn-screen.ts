/** A screen as a message of a failed test shows it: framed, with its size. */
export function drawn(rows: readonly string[], { cols, rows: height }: { readonly cols: number; readonly rows: number }): string {
  const title = ` ${cols}×${height} `;
  return [`┌${title}${"─".repeat(Math.max(0, cols - title.length))}┐`, ...rows.map((row) => `│${row}`), `└${"─".repeat(cols)}┘`].join("\n");
}
