/** The modes that the person's terminal must be in, and the sequences that get it there. */
import type { PaneModes } from "../../protocol/messages.ts";

export interface OuterModes {
  readonly applicationCursorKeys: boolean;
  readonly applicationKeypad: boolean;
  readonly bracketedPaste: boolean;
  readonly focusEvents: boolean;
  /** The mode number of the mouse reports, 0 for none. They are always in SGR form. */
  readonly mouse: 0 | 1000 | 1002 | 1003;
}

/** How a terminal is when we come to it. */
export const PLAIN_MODES: OuterModes = {
  applicationCursorKeys: false,
  applicationKeypad: false,
  bracketedPaste: false,
  focusEvents: false,
  mouse: 0,
};

/** For the dashboard's own keys. Pastes are marked, so that their text is never taken for commands. */
export function dashboardModes(mouse: boolean): OuterModes {
  return { ...PLAIN_MODES, bracketedPaste: true, mouse: mouse ? 1002 : 0 };
}

/**
 * For a terminal that is taken over: what its program asked for. Paste marks are on in any case, since a pasted release key
 * must not release; the router takes them out for a program that does not want them. The mouse stays on for the dashboard
 * (to click elsewhere, to scroll), and the router gives the program what it asked for.
 */
export function takeOverModes(pane: PaneModes, mouse: boolean): OuterModes {
  const own = mouse ? 1002 : 0;
  const asked = { none: 0, x10: 1000, vt200: 1000, drag: 1002, any: 1003 } as const;
  const wanted = asked[pane.mouse];
  return {
    applicationCursorKeys: pane.applicationCursorKeys,
    applicationKeypad: pane.applicationKeypad,
    bracketedPaste: true,
    focusEvents: pane.focusEvents,
    mouse: wanted > own ? wanted : own,
  };
}

/** The sequences from one set of modes to another; "" when they are the same. */
export function modeChanges(from: OuterModes, to: OuterModes): string {
  let out = "";
  const change = (name: "applicationCursorKeys" | "applicationKeypad" | "bracketedPaste" | "focusEvents", on: string, off: string) => {
    if (from[name] !== to[name]) out += to[name] ? on : off;
  };
  change("applicationCursorKeys", "\x1b[?1h", "\x1b[?1l");
  change("applicationKeypad", "\x1b=", "\x1b>");
  change("bracketedPaste", "\x1b[?2004h", "\x1b[?2004l");
  change("focusEvents", "\x1b[?1004h", "\x1b[?1004l");
  if (from.mouse !== to.mouse) {
    if (from.mouse !== 0) out += `\x1b[?${from.mouse}l`;
    if (to.mouse !== 0) out += `\x1b[?${to.mouse}h`;
    if ((from.mouse === 0) !== (to.mouse === 0)) out += to.mouse === 0 ? "\x1b[?1006l" : "\x1b[?1006h";
  }
  return out;
}

/** Of a program that has asked for nothing, or whose modes have not arrived yet. */
export const NO_PANE_MODES: PaneModes = {
  applicationCursorKeys: false,
  applicationKeypad: false,
  bracketedPaste: false,
  focusEvents: false,
  mouse: "none",
  mouseEncoding: "default",
  cursorVisible: true,
  cursorStyle: 0,
  alternateScreen: false,
};
