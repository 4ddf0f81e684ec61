/** Scripts with the code that was made of them before, in folders as a build and a person's own cache have them. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { codeKey, compiled, openScripts, type ScriptPlace } from "../../src/scripts.ts";
import { emptyHome, type EmptyHome } from "../support/empty-home.ts";

const WRAPPED = (body: string) => `(function (exports, require, __imported, __meta) {"use strict";${body}})`;
const ENTRY = WRAPPED(
  'exports.answer = () => require("./part.js").twice(21); exports.url = __meta.url; exports.parts = require("node:path").sep;',
);
const PART = WRAPPED("exports.count = (exports.count ?? 0) + 1; exports.twice = (value) => value * 2;");

interface Built extends ScriptPlace {
  readonly own: string;
}

/** A program of two scripts, as the build leaves it. */
function built(home: EmptyHome, { code = true, build = "one" } = {}): Built {
  const folder = join(home.folder, "chunks");
  const shelf = join(home.folder, "compiled");
  const own = join(home.folder, "own");
  for (const path of [folder, shelf]) mkdirSync(path, { recursive: true });
  for (const [name, text] of Object.entries({ "entry.js": ENTRY, "part.js": PART })) {
    writeFileSync(join(folder, name), text);
    if (!code) continue;
    mkdirSync(join(shelf, codeKey(build)), { recursive: true });
    writeFileSync(join(shelf, codeKey(build), name), compiled(text, name));
  }
  return { folder, build, shelves: [shelf, own], own, pack: null };
}

function answer(place: ScriptPlace): unknown {
  return (openScripts(place)("entry.js") as { answer: () => unknown }).answer();
}

test("scripts load each other once, Node.js' modules, and know where they are", () => {
  using home = emptyHome();
  const place = built(home);
  const load = openScripts(place);
  const entry = load("entry.js") as { answer: () => unknown; url: string; parts: string };
  expect(entry.answer()).toBe(42);
  expect(entry.answer()).toBe(42);
  expect(load("part.js")).toMatchObject({ count: 1 });
  expect(entry.url).toBe(`file://${place.folder}/entry.js`);
  expect(entry.parts).toBe("/");
});

test("what a pack holds is taken from there, the rest from its own file, and all of it kept", () => {
  using home = emptyHome();
  const place = { ...built(home, { code: false }), pack: "pack.js" };
  writeFileSync(join(place.folder, "pack.js"), `({ "entry.js": ${ENTRY} })`);
  writeFileSync(join(place.folder, "entry.js"), WRAPPED("throw new Error('not this one')"));
  expect(answer(place)).toBe(42);
  expect(openScripts(place)("entry.js")).toMatchObject({ url: `file://${place.folder}/entry.js` });
  expect(readdirSync(join(place.own, codeKey("one"))).toSorted()).toEqual(["pack.js", "part.js"]);
});

test("the build learns what runs of a pack: that code alone is given out when the process ends, and taken again", () => {
  using home = emptyHome();
  const place = { ...built(home, { code: false }), pack: "pack.js" };
  const pack = `({ "entry.js": ${ENTRY}, "part.js": ${PART}, "never.js": ${WRAPPED(`exports.never = () => [${"1,".repeat(5000)}];`)} })`;
  writeFileSync(join(place.folder, "pack.js"), pack);
  const into = join(home.folder, "learned");
  mkdirSync(into);
  const program = `import { openScripts } from ${JSON.stringify(join(import.meta.dirname, "..", "..", "src", "scripts.ts"))};
    console.log(openScripts(${JSON.stringify({ ...place, learnInto: into })})("entry.js").answer());`;
  expect(execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" })).toBe("42\n");
  const learned = readFileSync(join(into, "pack.js"));
  expect(learned.length).toBeLessThan(compiled(pack, "pack.js").length / 2);
  const shelf = join(place.shelves[0] as string, codeKey("one"));
  mkdirSync(shelf, { recursive: true });
  writeFileSync(join(shelf, "pack.js"), learned);
  expect(answer(place)).toBe(42);
  // Taken: nothing had to be made again.
  expect(existsSync(place.own)).toBe(false);
});

test("with the code of the build nothing is written", () => {
  using home = emptyHome();
  const place = built(home);
  expect(answer(place)).toBe(42);
  expect(existsSync(place.own)).toBe(false);
});

test("an installed program, whose Node.js nobody has built for, keeps in the person's own folder what it compiles", () => {
  using home = emptyHome();
  const place = built(home, { code: false });
  expect(answer(place)).toBe(42);
  expect(readdirSync(join(place.own, codeKey("one"))).toSorted()).toEqual(["entry.js", "part.js"]);
  expect(readdirSync(place.shelves[0] as string)).toEqual([]);
});

test("what cannot be kept to its end leaves nothing behind, and the program runs", () => {
  using home = emptyHome();
  const place = built(home, { code: false });
  const folders = [place.shelves[0] as string, place.own].map((shelf) => join(shelf, codeKey("one")));
  // A folder of the name: all is written, and cannot be put there.
  for (const folder of folders) for (const name of ["entry.js", "part.js"]) mkdirSync(join(folder, name), { recursive: true });
  expect(answer(place)).toBe(42);
  expect(folders.map((folder) => readdirSync(folder).toSorted())).toEqual([
    ["entry.js", "part.js"],
    ["entry.js", "part.js"],
  ]);
});

test("what is kept is what runs", () => {
  using home = emptyHome();
  const place = built(home, { code: false });
  // Texts that V8 has not seen in this process; of both, it compares the length alone.
  writeFileSync(join(place.folder, "part.js"), PART.replace("* 2", "* 4"));
  const kept = join(place.own, codeKey("one"));
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, "part.js"), compiled(PART.replace("* 2", "* 5"), "part.js"));
  expect(answer(place)).toBe(105);
});

test("code that is damaged, cut short or empty is not run, and made again", () => {
  using home = emptyHome();
  const place = built(home, { code: false });
  expect(answer(place)).toBe(42);
  const file = join(place.own, codeKey("one"), "part.js");
  const whole = readFileSync(file);
  const damaged = Buffer.from(whole);
  damaged[whole.length >> 1] = (damaged[whole.length >> 1] ?? 0) ^ 0x55;
  for (const bytes of [damaged, whole.subarray(0, -100), whole.subarray(0, 3), Buffer.alloc(whole.length), Buffer.alloc(0)]) {
    writeFileSync(file, bytes);
    expect(answer(place)).toBe(42);
    // Not byte for byte what was made first: what V8 gives out also hangs on what it has thrown away meanwhile. It is taken as it is.
    const again = readFileSync(file);
    expect(again).not.toEqual(bytes);
    expect(answer(place)).toBe(42);
    expect(readFileSync(file)).toEqual(again);
  }
});

test("code of another source of another length is refused by V8, and made again", () => {
  using home = emptyHome();
  const place = built(home);
  writeFileSync(join(place.folder, "part.js"), PART.replace("* 2", "* 100"));
  expect(answer(place)).toBe(2100);
  // Beside that of the build, in a folder of its own.
  expect(readdirSync(place.own).some((name) => name.startsWith(`${codeKey("one")}-`))).toBe(true);
  expect(answer(place)).toBe(2100);
});

test("another build does not look at what this one left", () => {
  using home = emptyHome();
  const place = built(home, { code: false });
  expect(answer(place)).toBe(42);
  writeFileSync(join(place.folder, "part.js"), PART.replace("* 2", "* 9"));
  expect(answer({ ...place, build: "two" })).toBe(189);
});

test("where nothing can be kept it works all the same", () => {
  using home = emptyHome();
  const place = built(home, { code: false });
  writeFileSync(join(home.folder, "file"), "");
  expect(answer({ ...place, shelves: [join(home.folder, "file", "below")] })).toBe(42);
  expect(answer({ ...place, shelves: [] })).toBe(42);
});

test("what a start that died over it has begun to write is removed when code is kept again, and what is being written now is not", () => {
  using home = emptyHome();
  const place = built(home, { code: false });
  const kept = join(place.own, codeKey("one"));
  mkdirSync(kept, { recursive: true });
  for (const name of ["part.js.4711.new", "part.js.4712.new"]) writeFileSync(join(kept, name), "half");
  const long = new Date(Date.now() - 11 * 60_000);
  utimesSync(join(kept, "part.js.4711.new"), long, long);
  expect(answer(place)).toBe(42);
  expect(readdirSync(kept).toSorted()).toEqual(["entry.js", "part.js", "part.js.4712.new"]);
});

test("what other versions left two months ago is removed when a new one comes", () => {
  using home = emptyHome();
  const place = built(home, { code: false });
  for (const name of ["old", "recent"]) mkdirSync(join(place.own, name), { recursive: true });
  const long = new Date(Date.now() - 61 * 24 * 60 * 60_000);
  utimesSync(join(place.own, "old"), long, long);
  expect(answer(place)).toBe(42);
  expect(readdirSync(place.own).toSorted()).toEqual(["recent", codeKey("one")].toSorted());
});
