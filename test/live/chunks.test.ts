/** The scripts in dist/chunks, by their text: what .ci/scripts.mjs relies on, and what the build made of each. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";
import { compiled } from "../../src/scripts.ts";
import { MARATHON, workplace } from "../support/marathon-run.ts";

const DIST = dirname(MARATHON);
const FILES = readdirSync(join(DIST, "chunks"));
const PACKS = FILES.filter((name) => name.startsWith("pack-"));
const NAMES = FILES.filter((name) => !PACKS.includes(name));

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

/** Names that something is assigned to, anywhere in the script, after they were declared. */
function assigned(program: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const target = (node: Node | null): void => {
    if (node === null) return;
    if (node.type === "Identifier") names.add(String(node["name"]));
    for (const part of [node["left"], node["argument"], node["value"]]) if (isNode(part) && node.type !== "MemberExpression") target(part);
    for (const part of [node["properties"], node["elements"]].flat()) if (isNode(part)) target(part);
  };
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    if (!isNode(node)) return;
    if (node.type === "AssignmentExpression") target(node["left"] as Node);
    if (node.type === "UpdateExpression") target(node["argument"] as Node);
    if (/^For(In|Of)Statement$/.test(node.type)) target(node["left"] as Node);
    for (const part of Object.values(node)) if (typeof part === "object") walk(part);
  };
  walk(program);
  return names;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}

/** What a script hands over at its end: names outside and inside. */
function exported(text: string): readonly string[] {
  const [, list = ""] = /\nObject\.assign\(exports, \{ ([^{}]*) \}\);/.exec(text) ?? [];
  return list === "" ? [] : list.split(", ").map((pair) => pair.split(": ")[1] ?? "");
}

test("no export changes after it was handed over: who imports it keeps what it was", () => {
  const changing = NAMES.flatMap((name) => {
    const text = readFileSync(join(DIST, "chunks", name), "utf8");
    const later = assigned(parseSync(name, text, { sourceType: "script" }).program);
    return exported(text)
      .filter((one) => later.has(one))
      .map((one) => `${name}: ${one}`);
  });
  expect(changing).toEqual([]);
  expect(NAMES.flatMap((name) => exported(readFileSync(join(DIST, "chunks", name), "utf8"))).length).toBeGreaterThan(200);
});

test("what this test takes for an assignment is one", () => {
  const later = (text: string) => [...assigned(parseSync("text.js", text, { sourceType: "script" }).program)].toSorted();
  expect(later("var a = 1; function f(b = 2) { var { c, d: [e] } = b; }")).toEqual([]);
  expect(later("a = 1; b++; ({ c, d: [e], ...f } = x); for (g of y); h ??= 2; i.j = k;")).toEqual(["a", "b", "c", "e", "f", "g", "h"]);
});

test("the build has made the code of every script for this Node.js", () => {
  const [code = "", ...others] = readdirSync(join(DIST, "compiled"));
  expect(others).toEqual([]);
  expect(code).toContain(`-${process.version}-${process.arch}`);
  expect(FILES.filter((name) => !existsSync(join(DIST, "compiled", code, name)))).toEqual([]);
});

test.each(PACKS)("%s holds scripts as their own files have them", (pack) => {
  const text = readFileSync(join(DIST, "chunks", pack), "utf8");
  const held = [...text.matchAll(/^"([\w.-]+\.js)": /gmu)].map(([, name = ""]) => name);
  expect(held.length).toBeGreaterThan(20);
  const parts = held.map((name) => `"${name}": ${readFileSync(join(DIST, "chunks", name), "utf8")}`);
  expect(text).toBe(`({\n${parts.join(",\n")}\n})`);
});

test.each(PACKS)("with %s comes the code of what a start runs, which V8 takes, and not that of all its functions", (pack) => {
  const file = join(DIST, "chunks", pack);
  const source = readFileSync(file, "latin1");
  const [folder = ""] = readdirSync(join(DIST, "compiled"));
  const kept = readFileSync(join(DIST, "compiled", folder, pack));
  expect(kept.length / compiled(source, file).length).toBeLessThan(0.7);
  // The last four bytes are a checksum of ours.
  const script = new Script(source, { filename: file, cachedData: kept.subarray(0, -4) });
  expect(script.cachedDataRejected).toBe(false);
});

test("scripts are ASCII, as they are read", () => {
  const other = FILES.filter((name) => readFileSync(join(DIST, "chunks", name)).some((byte) => byte > 0x7e));
  expect(other).toEqual([]);
});

test("a first word that every object knows is no way into a pack", async () => {
  await using place = workplace();
  const { code, stderr } = await place.run(["constructor"]);
  expect([code, stderr.split("\n")[0]]).toEqual([2, "marathon: there is no command constructor"]);
});
