/** Longest line that a terminal takes in line mode, with its Enter: Linux, N_TTY_BUF_SIZE. The rest would be lost without a word. */
export const MAX_LINE_BYTES = 4095;

/**
 * What types a clean text, without its Enter. A program that asked for bracketed paste gets it marked, so that its line breaks
 * are text; for any other they become blanks, since the first would send half of the message.
 */
export function typedForm(text: string, bracketedPaste: boolean): string {
  return bracketedPaste ? `\x1b[200~${text}\x1b[201~` : text.replace(/\s*\n\s*/gu, " ");
}
