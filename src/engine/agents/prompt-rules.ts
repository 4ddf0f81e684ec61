/**
 * How the prompts of ordinary programs look, for agents that do not say themselves when they wait for a person.
 *
 * A rule sees only the text left of a cursor that stands behind unfinished text, on a screen that has been quiet, of
 * a program that is not known to be doing something else than reading its terminal (tty-wait.ts). What a prompt ends
 * with is ambiguous ("Compiling:" may be progress, "Name:" is not), so the weaker the sign, the longer the silence.
 */
import type { ScreenRule } from "./agent.ts";

/** Signs that nothing but a question has. */
const SURE_MS = 1000;
/** Punctuation that progress output may also end with, where it cannot be known what the program waits for. */
const UNSURE_MS = 3000;

export const promptRules: readonly ScreenRule[] = [
  {
    id: "secret",
    state: "asking",
    kind: "auth",
    lastLine: /\b(password|passphrase|passcode|pin|one-time code|verification code|2fa code|otp|username|token)\b.{0,120}[:?]\s*$/i,
    quietMs: SURE_MS,
  },
  {
    id: "yes-or-no",
    state: "asking",
    kind: "question",
    lastLine: /[([]\s*(y|yes|n|no)\s*[/|,]\s*(y|yes|n|no|a|all|q|quit)\b[^)\]]*[)\]]\s*[?:>]?\s*$/i,
    quietMs: SURE_MS,
  },
  {
    id: "any-key",
    state: "asking",
    kind: "question",
    lastLine: /\b(press|hit)\b.{0,40}\b(enter|return|any key|a key|space)\b/i,
    quietMs: SURE_MS,
  },
  { id: "question-mark", state: "asking", kind: "question", lastLine: /\S.*\?\s*(\([^)]*\)|\[[^\]]*\])?\s*[:>›❯]?\s*$/, quietMs: SURE_MS },
  { id: "reader", state: "asking", kind: "question", lastLine: /^\s*(\S{1,20}\s?)?>{1,3} $|[›❯»] ?$|^[#%$] $/, quietMs: SURE_MS },
  // "Name: " asks; "Compiling:" without the blank, "12:", "[=====>", "(3/40)", "[ 45%]" and "..." report.
  { id: "colon", state: "asking", kind: "question", lastLine: /[^\d\s.…][)\]]?: +$/, quietMs: UNSURE_MS },
  {
    id: "default",
    state: "asking",
    kind: "question",
    lastLine: /(?<![#=.\-*█▒░])[([][^()[\]%#=█▒░/]*[^()[\]%#=█▒░/\s.-][)\]] +$/,
    quietMs: UNSURE_MS,
  },
];
