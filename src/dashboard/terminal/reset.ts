/**
 * What gives a person's terminal back as it was, whatever we had switched on. Written when we leave, and by the guard that
 * outlives a killed dashboard; so this file imports nothing.
 */
export const RESET_SEQUENCE = [
  // Ends a sequence or string that was cut off in the middle.
  "\x1b\\",
  // A frame that was not finished; a link that was not closed.
  "\x1b[?2026l",
  "\x1b]8;;\x1b\\",
  // Mouse reports in all their kinds, focus reports, paste marks.
  "\x1b[?9l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1016l",
  "\x1b[?1004l",
  "\x1b[?2004l",
  // Cursor keys and keypad in their usual mode, automatic wrap, plain text, the person's own cursor.
  "\x1b[?1l\x1b>",
  // Keys in their usual form. Kitty's flags are on a stack, of which only the dashboard knows what is its own.
  "\x1b[>4m",
  "\x1b[?7h",
  "\x1b[m",
  "\x1b[0 q",
  "\x1b[?25h",
  // The screen from before, with its cursor.
  "\x1b[?1049l",
].join("");
