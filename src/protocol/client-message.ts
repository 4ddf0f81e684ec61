/** What the engine takes from a client before it acts: shapes within bounds. A wrong size would reach every pty and screen. */
import { FrameError } from "./frames.ts";
import type { ClientMessage, PaneRequest } from "./messages.ts";

/** More panes than terminals would be a mistake, more cells than these a screen that nobody has. */
const MOST_PANES = 64;
const MOST_CELLS = 4096;
const MOST_LINES = 1e9;

/** The message itself. Throws FrameError for what no dashboard or command of ours sends. Requests are checked by who answers them. */
export function checkClientMessage(message: ClientMessage): ClientMessage {
  if (message.type === "panes") {
    const { panes, focus } = message;
    const fine = Array.isArray(panes) && panes.length <= MOST_PANES && panes.every(isPane) && (focus === null || isCount(focus, 255));
    if (!fine) throw new FrameError("panes that are none");
  } else if (message.type === "outer") {
    if (typeof message.outer !== "object" || message.outer === null || !Array.isArray(message.outer.palette))
      throw new FrameError("a terminal that is none");
  } else if (message.type === "request") {
    const { id, request } = message;
    if (!isCount(id, Number.MAX_SAFE_INTEGER) || typeof request !== "object" || request === null || typeof request.name !== "string")
      throw new FrameError("a request that is none");
  }
  return message;
}

function isPane(pane: unknown): pane is PaneRequest {
  if (typeof pane !== "object" || pane === null) return false;
  const { terminal, cols, rows, scroll, program, top } = pane as PaneRequest;
  return (
    isCount(terminal, 255) &&
    isCount(cols, MOST_CELLS) &&
    isCount(rows, MOST_CELLS) &&
    // As JSON, further back than any number is null.
    (scroll === null || isCount(scroll, MOST_LINES)) &&
    (program === undefined || (program !== null && isCount(program.cols, MOST_CELLS) && isCount(program.rows, MOST_CELLS))) &&
    (top === undefined || (top !== null && isCount(top.era, MOST_LINES) && Number.isSafeInteger(top.line)))
  );
}

function isCount(value: unknown, most: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;
}
