/** The modes that the person's terminal must be in, and the sequences that get it there. */
import type { PaneModes } from "../../protocol/messages.ts";

export interface OuterModes {
  readonly applicationCursorKeys: boolean;
  readonly applicationKeypad: boolean;
  readonly bracketedPaste: boolean;
  readonly focusEvents: boolean;
  /** The mode number of the mouse reports, 0 for none. They are always in SGR form. */
  readonly mouse: 0 | 1000 | 1002 | 1003;
  /** Flags of kitty's keyboard protocol. */
  readonly kittyFlags: number;
  readonly modifyOtherKeys: number;
}

/** How a terminal is when we come to it. */
export const PLAIN_MODES: OuterModes = {
  applicationCursorKeys: false,
  applicationKeypad: false,
  bracketedPaste: false,
  focusEvents: false,
  mouse: 0,
  kittyFlags: 0,
  modifyOtherKeys: 0,
};

/** For the dashboard's own keys. Pastes are marked, so that their text is never taken for commands. */
export function dashboardModes(mouse: boolean): OuterModes {
  return { ...PLAIN_MODES, bracketedPaste: true, mouse: mouse ? 1002 : 0 };
}

/**
 * For a terminal that is taken over: what its program asked for. Paste marks are on in any case, since a pasted release key
 * must not release; the router takes them out for a program that does not want them. The mouse stays on for the dashboard
 * (to click elsewhere, to scroll), and the router gives the program what it asked for. `kitty`: the terminal has kitty's
 * keyboard protocol; one without it might print what asks for it.
 */
export function takeOverModes(pane: PaneModes, mouse: boolean, kitty = false): OuterModes {
  const own = mouse ? 1002 : 0;
  const asked = { none: 0, x10: 1000, vt200: 1000, drag: 1002, any: 1003 } as const;
  const wanted = asked[pane.mouse];
  return {
    applicationCursorKeys: pane.applicationCursorKeys,
    applicationKeypad: pane.applicationKeypad,
    bracketedPaste: true,
    focusEvents: pane.focusEvents,
    mouse: wanted > own ? wanted : own,
    kittyFlags: kitty ? (pane.kittyFlags ?? 0) : 0,
    // A terminal that has both sends what kitty's flags say.
    modifyOtherKeys: pane.modifyOtherKeys ?? 0,
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
  if (from.modifyOtherKeys !== to.modifyOtherKeys) out += to.modifyOtherKeys === 0 ? "\x1b[>4m" : `\x1b[>4;${to.modifyOtherKeys}m`;
  return out + kittyChange(from.kittyFlags, to.kittyFlags);
}

/** Never more than one entry on the terminal's stack is ours, so that what was there before comes back. */
function kittyChange(from: number, to: number): string {
  if (from === to) return "";
  if (to === 0) return "\x1b[<u";
  return from === 0 ? `\x1b[>${to}u` : `\x1b[=${to}u`;
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
