/** How the after-action review writes: every text of a plan or an agent on one line, and no word of it a heading, a box or a cell. Pure. */
import { oneLine } from "../marathon/words.ts";
import type { SessionStatus } from "../plan/import/types.ts";

/** For what only people can say. */
export const TO_FILL_IN = "_to be filled in_";

export const ICONS: Readonly<Record<SessionStatus, string>> = {
  done: "✅",
  partial: "⚠️",
  blocked: "⚠️",
  not_started: "❌",
  in_progress: "⏳",
};

export const STATUS: Readonly<Record<SessionStatus, string>> = {
  done: "DONE",
  partial: "PARTIAL",
  blocked: "BLOCKED",
  not_started: "NOT STARTED",
  in_progress: "IN PROGRESS",
};

const WIDTH = 200;

/** Words of a plan, an agent or a commit: one line, without what Markdown or a reader of reports would take for its own. */
export function said(text: string): string {
  return cut(text, WIDTH).replaceAll(/[[\]|<*`]|^[#>+-]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&");
}

export function cut(text: string, width: number): string {
  return oneLine(text, width);
}

export function bulleted(items: readonly string[], none = ""): readonly string[] {
  if (items.length > 0) return items.map((item) => `- ${item}`);
  return none === "" ? [] : [none];
}

/** A table; cells must be safe already (`said`). */
export function table(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): readonly string[] {
  const line = (cells: readonly (string | number | null)[]): string => `| ${cells.map((cell) => cell ?? "–").join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
