/**
 * Turns the bundle's modules into scripts that src/scripts.ts loads: functions of what a CommonJS module knows, and of the file's own
 * address. Of a script, V8 gives out the code of functions that were compiled after it was loaded; of a module it does not.
 *
 * What a script imports it takes once, as it begins, and what it exports it hands over as it ends. That is the same as long as no export
 * changes afterwards (test/program/chunks.test.ts) and no two scripts need each other; it is as fast as a module, which esbuild's own
 * CommonJS, where each use of another file's function is a property with a getter, is not.
 */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { parseSync } from "oxc-parser";
import { codeKey, compiled } from "../src/scripts.ts";

/** Modules of Node.js that take milliseconds to load, and that most commands never use: loaded at the first call of one of their functions. */
const LATE_BUILTINS = new Set(["node:child_process", "node:crypto", "node:fs/promises"]);

/**
 * Output files of esbuild with other contents. Throws for what a script cannot do, such as waiting at its top level. `late`: those
 * that export nothing but functions, and are loaded when the first of those is called.
 */
export function asScripts(files, late = []) {
  const lateNames = new Set(late.map((path) => basename(path)));
  const isLate = (from) => LATE_BUILTINS.has(from) || lateNames.has(basename(from));
  refuseCircles(files, isLate);
  return files.map(({ path, text }) => ({ path, contents: Buffer.from(asScript(path, text, isLate)) }));
}

function asScript(path, text, isLate) {
  const { module, errors } = parseSync(path, text, { sourceType: "module" });
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  const changes = [
    ...module.staticImports.map(({ start, end, moduleRequest, entries }) => [
      start,
      end,
      taken(moduleRequest.value, entries, isLate(moduleRequest.value)),
    ]),
    ...(module.staticExports.length > 0 ? [given(path, text, isLate(path))] : []),
    ...module.dynamicImports.map(({ start, end, moduleRequest }) => [
      start,
      end,
      `Promise.resolve().then(() => __imported(${text.slice(moduleRequest.start, moduleRequest.end)}))`,
    ]),
    ...module.importMetas.map(({ start, end }) => [start, end, "__meta"]),
  ];
  let script = text;
  for (const [start, end, code] of changes.toSorted(([a], [b]) => b - a)) script = script.slice(0, start) + code + script.slice(end);
  return `(function (exports, require, __imported, __meta) { "use strict"; ${inAscii(script)}\n})`;
}

/**
 * What esbuild leaves as it is (regular expressions, their sources in `String.raw`, comments) in escapes, which mean the same there: text
 * of one byte a character is read in a third of the time, and held in half of the memory.
 */
function inAscii(script) {
  if (/\\[^\0-\x7f]/.test(script))
    throw new Error("a backslash before a character that is not ASCII would mean something else behind its escape");
  return script.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** An import statement: of a file of ours by name; of a module of Node.js or a package in CommonJS also all of it. */
function taken(from, entries, isLate) {
  const all = entries.filter(({ importName }) => importName.kind !== "Name").map(({ localName }) => localName.value);
  const names = entries.filter(({ importName }) => importName.kind === "Name");
  if (all.length > 0 && from.startsWith("./"))
    throw new Error(`${from} is imported as a whole, which esbuild did not do so far: adapt .ci/scripts.mjs`);
  const request = `require(${JSON.stringify(from)})`;
  if (isLate) return takenLate(request, all, names);
  const parts = names.map(({ importName, localName }) => `${importName.name}: ${localName.value}`);
  if (entries.length === 0) return isLate ? "" : `${request};`;
  return [
    ...all.map((name) => `const ${name} = ${request};`),
    ...(parts.length > 0 ? [`const { ${parts.join(", ")} } = ${request};`] : []),
  ].join(" ");
}

/** The same, with nothing loaded before something is used. A file that is only named is loaded by whoever uses it. */
function takenLate(request, all, names) {
  return [
    ...all.map((name) => `const ${name} = new Proxy({}, { get: (_, name) => ${request}[name] });`),
    ...names.map(({ importName, localName }) => `const ${localName.value} = (...given) => ${request}.${importName.name}(...given);`),
  ].join(" ");
}

/** The one export statement of a bundle, a list of names, and what takes its place. */
function given(path, text, isLate) {
  const [statement, ...more] = text.matchAll(/^export \{([^{}]*)\};$/gm);
  if (statement === undefined || more.length > 0)
    throw new Error(`${path} exports otherwise than by one list of names: adapt .ci/scripts.mjs`);
  const names = statement[1].split(",").map((one) => one.trim().split(" as "));
  const other = isLate ? names.find(([local]) => !text.includes(`\nfunction ${local}(`)) : undefined;
  if (other !== undefined) throw new Error(`${path} is loaded late, but what it exports as ${other.at(-1)} is no function`);
  const handed = names.map(([local, outer = local]) => `${outer}: ${local}`).join(", ");
  return [statement.index, statement.index + statement[0].length, `Object.assign(exports, { ${handed} });`];
}

/** Two files that import each other: one of them would begin before the other has handed over what it exports. */
function refuseCircles(files, isLate) {
  const imports = new Map(
    files.map(({ path, text }) => [
      basename(path),
      parseSync(path, text)
        .module.staticImports.map(({ moduleRequest }) => basename(moduleRequest.value))
        .filter((name) => !isLate(name)),
    ]),
  );
  const done = new Set();
  const visit = (name, way) => {
    if (way.includes(name)) throw new Error(`these files need each other, which scripts cannot: ${[...way, name].join(" → ")}`);
    if (done.has(name)) return;
    for (const next of imports.get(name) ?? []) visit(next, [...way, name]);
    done.add(name);
  };
  for (const name of imports.keys()) visit(name, []);
}

/** What tells these scripts from those of another build. */
export function buildOf(scripts) {
  const hash = createHash("sha256");
  for (const { path, contents } of scripts.toSorted((a, b) => (a.path < b.path ? -1 : 1))) hash.update(basename(path)).update(contents);
  return hash.digest("hex").slice(0, 12);
}

/** What the program would otherwise make at its first start: the code of each script, for this Node.js. */
export function compiledScripts(scripts, build, folder) {
  return scripts.map(({ path, contents }) => ({
    path: `${folder}/${codeKey(build)}/${basename(path)}`,
    contents: compiled(contents.toString("utf8"), path),
  }));
}
