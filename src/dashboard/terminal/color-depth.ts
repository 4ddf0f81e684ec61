/** How many colours the person's terminal shows. */
import type { ColorDepth } from "../../protocol/colors.ts";
import type { Learned } from "./outer-answers.ts";

/** Terminals that are named in TERM and show all colours. */
const TRUECOLOR_NAMES = /kitty|ghostty|alacritty|wezterm|foot|contour|rio|direct/i;
/** DA2 of those that call themselves xterm-256color and do not: Terminal.app, GNU screen, rxvt. */
const NO_TRUECOLOR = /^(?:1;95;|83;|82;|85;)/;

/**
 * From the variables that everybody goes by, and from what the terminal told; null as long as it may still tell. COLORTERM does
 * not travel over ssh, so a terminal that says no more than xterm-256color is taken at its word first and shows all colours
 * once it has told that it is none of the few that cannot, or tells nothing.
 */
export function colorDepth(env: Readonly<Record<string, string | undefined>>, colour: boolean, learned: Learned | null): ColorDepth {
  if (!colour) return "none";
  const term = env["TERM"] ?? "";
  if (/truecolor|24bit/i.test(env["COLORTERM"] ?? "") || TRUECOLOR_NAMES.test(term)) return "truecolor";
  if (learned && /^xterm.*256/i.test(term) && env["TERM_PROGRAM"] !== "Apple_Terminal" && !NO_TRUECOLOR.test(learned.secondary))
    return "truecolor";
  return /256/.test(term) ? "256" : "16";
}
