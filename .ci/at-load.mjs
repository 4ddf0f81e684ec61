/**
 * What libraries do while they are loaded, done otherwise in the bundle: its scripts (.ci/scripts.mjs) cannot wait at their top level, and
 * what takes long is put off until it is needed.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { patches } from "./patches.mjs";
import { ROOT } from "./setup.mjs";

const YOGA = join(ROOT, "node_modules", "yoga-layout", "dist", "binaries", "yoga-wasm-base64-esm.js");
const [, YOGA_BYTES] = /"data:application\/octet-stream;base64,([\d+/=A-Za-z]+)"/.exec(readFileSync(YOGA, "utf8")) ?? [];

/** 70 KB of WebAssembly are compiled in a few milliseconds on the spot. Emscripten fills the module that it is given before it returns. */
const YOGA_AT_ONCE = `
const module = {
  instantiateWasm(imports, done) {
    const bytes = process.getBuiltinModule("node:buffer").Buffer.from("${YOGA_BYTES}", "base64");
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
    done(instance);
    return instance.exports;
  },
};
loadYoga(module);
const Yoga = wrapAssembly(module);`;

/** Only developers of Ink have React's devtools. */
const DEVELOPING_INK = [
  ["if (process.env['DEV'] === 'true') {\n    // Intentionally", "if (false) {\n    // Intentionally"],
  ["await import('./devtools.js')", "null"],
  ["if (process.env['DEV'] === 'true') {\n    try {", "if (false) {\n    try {"],
];

/** The tables of the graphemes are read from the start of a buffer's memory, which begins with the buffer only if nobody else has a part of it. */
const OWN_MEMORY = [["constructor(e){const t=new DataView(e.buffer)", "constructor(e){e=new Uint8Array(e);const t=new DataView(e.buffer)"]];

/** 30 and 15 ms of a start that draws text of letters, lines and blocks, and needs neither. */
const WIDTHS_LATER = [
  [
    "const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;",
    'let rgiEmoji; const rgiEmojiRegex = { test: text => (rgiEmoji ??= new RegExp("^\\\\p{RGI_Emoji}$", "v")).test(text) };',
  ],
  [
    "const segmenter = new Intl.Segmenter();",
    "let segments; const segmenter = { segment: text => (segments ??= new Intl.Segmenter()).segment(text) };",
  ],
];

export function atLoad() {
  return patches("at-load", [
    [/[\\/]yoga-layout[\\/]dist[\\/]src[\\/]index\.js$/, [["const Yoga = wrapAssembly(await loadYoga());", YOGA_AT_ONCE]]],
    // The bytes are in the bundle once.
    [/[\\/]yoga-wasm-base64-esm\.js$/, [[YOGA_BYTES, ""]]],
    [/[\\/]ink[\\/]build[\\/]reconciler\.js$/, DEVELOPING_INK],
    [/[\\/]addon-unicode-graphemes\.js$/, OWN_MEMORY],
    [/[\\/]string-width[\\/]index\.js$/, WIDTHS_LATER],
  ]);
}
