/**
 * Ink understands the text of every region anew in each frame: its escape sequences, and each character with its style. Between two
 * frames nearly all of it is the same. In the bundle a text is understood once and remembered for as long as it is drawn.
 */
import { patches } from "./patches.mjs";

/** Two generations: what was not asked for while the younger one filled up is forgotten. `room`: characters in one of them. */
const REMEMBERED = `
function remembering(make, room) {
  let young = new Map();
  let old = new Map();
  let taken = 0;
  return text => {
    let found = young.get(text);
    if (found !== undefined) return found;
    found = old.get(text) ?? make(text);
    taken += text.length;
    if (taken > room) {
      old = young;
      young = new Map();
      taken = text.length;
    }
    young.set(text, found);
    return found;
  };
}
`;

/** A styled character takes about 100 bytes. */
const CHARACTERS = 30_000;
const SANITIZED = 200_000;

const IN_OUTPUT = [
  [
    "cached = styledCharsFromTokens(tokenize(line)).filter(character => !/^\\p{Default_Ignorable_Code_Point}+$/u.test(character.value));",
    "cached = styledCharacters(line);",
  ],
  [
    "class OutputCaches {",
    `${REMEMBERED}
const invisible = /^\\p{Default_Ignorable_Code_Point}+$/u;
const styledCharacters = remembering(
  line => styledCharsFromTokens(tokenize(line)).filter(character => character.value <= "~" || !invisible.test(character.value)),
  ${CHARACTERS},
);
class OutputCaches {`,
  ],
];

const IN_SANITIZER = [
  ["const sanitizeAnsi = (text) => {", `${REMEMBERED}\nconst sanitizeAnsi = remembering((text) => {`],
  ["    return output + pendingStyles;\n};", `    return output + pendingStyles;\n}, ${SANITIZED});`],
];

export function rememberInk() {
  return patches("remember-ink", [
    [/[\\/]ink[\\/]build[\\/]output\.js$/, IN_OUTPUT],
    [/[\\/]ink[\\/]build[\\/]sanitize-ansi\.js$/, IN_SANITIZER],
  ]);
}
