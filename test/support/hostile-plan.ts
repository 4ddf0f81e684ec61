/** Names that want to do something to who reads them, wherever a plan, a file or an agent may put a name. */

/** A title change, a cleared screen, the clipboard, a hidden tail, an eight-bit control, turned-around and invisible letters. */
export const EVIL = "X\x1b]0;owned\x07\x1b[2J\x1b]52;c;ZXZpbA==\x07\u009b31m\u202egnp\u2066\u200b\u{e0041}";

/** What none of our output may hold: what a terminal obeys or what turns writing around. Line ends and what we draw with are checked apart. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
export const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/** `run`: what the first task runs; the second fails. */
export function hostilePlan(run: string): string {
  return `---
title: "T${JSON.stringify(EVIL).slice(1, -1)}"
---

# T${EVIL}

## Stream A: S${EVIL} (3 Tasks)

**Terminals 1-2 | Goal: G${EVIL}**

| # | Task | Terminal | Run | Role | Fallback | File | Estimate | Depends on |
|---|------|----------|-----|------|----------|------|----------|------------|
| 1 | One ${EVIL} | 1 | \`${run}\` | R${EVIL} | | f${EVIL}.py | 1m | |
| 2 | Two ${EVIL} | 2 | \`printf 'error: %b' '\\033[2J\\a${EVIL}'; exit 3\` | | fb ${EVIL} | | 1m | |
| 3 | Three ${EVIL} | 2 | \`true\` | | | | 1m | 2 |
`;
}
