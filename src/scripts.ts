/**
 * Loads the scripts that the program is made of (`dist/chunks`, see .ci/scripts.mjs), each with the code that V8 made of it before: that
 * of all its functions, or of those that a start runs (.ci/learn.mjs). Node.js' own cache of compiled code keeps what is compiled while a
 * file is loaded, which is little more than its outermost statements; all that a start runs would be compiled again at each start. Scripts
 * that a start always needs come in one file.
 *
 * Modules of Node.js come from `getBuiltinModule`: an import statement makes all that a module has to offer, of `fs` its streams too.
 */
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = process.getBuiltinModule("node:fs");
const path = process.getBuiltinModule("node:path");
const { pathToFileURL } = process.getBuiltinModule("node:url");
const { Script } = process.getBuiltinModule("node:vm");
const { crc32 } = process.getBuiltinModule("node:zlib");

type Exports = Record<string, unknown>;
type Require = (name: string) => unknown;
type Run = (exports: Exports, require: Require, imported: Require, meta: { readonly url: string }) => void;

export interface ScriptPlace {
  /** The folder of the scripts. */
  readonly folder: string;
  /** What tells these scripts from those of another build. */
  readonly build: string;
  /** Folders where compiled code is looked for, in this order. What is found in none is put into the last that can be written. */
  readonly shelves: readonly string[];
  /** A script that is an object of scripts by name: what it holds is taken from there. Null: there is none. */
  readonly pack: string | null;
  /** For the build: a folder that gets, when the process ends, the code of what has run of the pack. */
  readonly learnInto?: string | undefined;
}

/** Answers a function that loads a script by its name, once, with all that it needs, and answers what it exports. */
export function openScripts({ folder, build, shelves, pack, learnInto }: ScriptPlace): (name: string) => Exports {
  const places = shelves.map((shelf) => path.join(shelf, codeKey(build)));
  const loaded = new Map<string, Exports>();
  let fromNode: NodeJS.Require | null = null;
  // The program's own packages lie where Node.js finds them from here.
  const packaged = (name: string): unknown =>
    (fromNode ??= process.getBuiltinModule("node:module").createRequire(path.join(folder, "here.js")))(name);
  const require = (name: string): unknown =>
    name.startsWith("./") ? load(name.slice(2)) : (process.getBuiltinModule(name) ?? packaged(name));
  const imported = (name: string): unknown => {
    const found = require(name) as object;
    return name.startsWith("./") ? found : { ...found, default: found };
  };
  const valueOf = (name: string) => {
    const file = path.join(folder, name);
    const script = learnInto !== undefined && name === pack ? learning(file, path.join(learnInto, name)) : scriptOf(file, name, places);
    return script.runInThisContext() as unknown;
  };
  let packed: Readonly<Record<string, Run>> | null = null;
  const load = (name: string): Exports => {
    const before = loaded.get(name);
    if (before) return before;
    const exports = {};
    loaded.set(name, exports);
    packed ??= pack === null ? {} : (valueOf(pack) as Record<string, Run>);
    const run = packed[name] ?? (valueOf(name) as Run);
    run(exports, require, imported, {
      get url() {
        return pathToFileURL(path.join(folder, name)).href;
      },
    });
    return exports;
  };
  return load;
}

/** The name of a folder of compiled code: whatever another Node.js or another build made is of no use. V8 itself refuses that of other flags. */
export function codeKey(build: string): string {
  return `${build}-${process.version}-${process.arch}`;
}

/** Where code is kept that was made with flags of V8 for which that of the usual folder is of no use. */
function withFlags(place: string): string {
  return `${place}-${process.getBuiltinModule("node:v8").cachedDataVersionTag().toString(16)}`;
}

/** What is to be kept of a script: V8's code of all its functions, and a checksum, since V8 takes what it finds at its word. */
export function compiled(source: string, file: string): Buffer {
  return sealed(compiledWhole(source, file).createCachedData());
}

function scriptOf(file: string, name: string, places: readonly string[]): InstanceType<typeof Script> {
  // ASCII alone, as the build writes it.
  const source = readFileSync(file, "latin1");
  const kept = keptScript(source, file, name, places);
  if (kept.script !== null) return kept.script;
  const own = kept.refused ? places.map(withFlags) : places;
  const again = kept.refused ? keptScript(source, file, name, own).script : null;
  if (again !== null) return again;
  const script = compiledWhole(source, file);
  const code = sealed(script.createCachedData());
  // Each run on a machine where nothing can be kept pays, and works.
  own.toReversed().find((place) => keep(place, name, code));
  return script;
}

/** Without any code from before, so that V8 compiles what is called, when it is called, and nothing else. */
function learning(file: string, into: string): InstanceType<typeof Script> {
  const script = new Script(readFileSync(file, "latin1"), { filename: file });
  process.once("exit", () => {
    try {
      // Whoever waits for it finds all of it.
      writeFileSync(`${into}.new`, sealed(script.createCachedData()));
      renameSync(`${into}.new`, into);
    } catch {
      // Whoever wanted it misses it.
    }
  });
  return script;
}

interface Kept {
  readonly script: InstanceType<typeof Script> | null;
  /** There is code, and V8 does not take it. */
  readonly refused: boolean;
}

function keptScript(source: string, filename: string, name: string, places: readonly string[]): Kept {
  let refused = false;
  for (const place of places) {
    const cachedData = codeIn(path.join(place, name));
    if (cachedData === null) continue;
    const script = new Script(source, { filename, cachedData });
    if (script.cachedDataRejected !== true) return { script, refused };
    refused = true;
  }
  return { script: null, refused };
}

/** V8 leaves functions for later unless it is told otherwise; what it made is valid only for flags like those at that time. */
function compiledWhole(source: string, filename: string): InstanceType<typeof Script> {
  const v8 = process.getBuiltinModule("node:v8");
  v8.setFlagsFromString("--no-lazy");
  try {
    return new Script(source, { filename });
  } finally {
    v8.setFlagsFromString("--lazy");
  }
}

const SEAL = 4;

function sealed(code: Buffer): Buffer {
  const seal = Buffer.alloc(SEAL);
  seal.writeUInt32LE(crc32(code));
  return Buffer.concat([code, seal]);
}

/** Null when there is none, or something has happened to it. */
export function codeIn(file: string): Buffer | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return null;
  }
  if (bytes.length <= SEAL) return null;
  const code = bytes.subarray(0, -SEAL);
  return crc32(code) === bytes.readUInt32LE(code.length) ? code : null;
}

/** Whoever looks for it finds all of it or nothing. */
function keep(place: string, name: string, code: Buffer): boolean {
  const fresh = path.join(place, `${name}.${process.pid}.new`);
  try {
    if (mkdirSync(place, { recursive: true, mode: 0o700 }) !== undefined) forget(place);
    writeFileSync(fresh, code, { mode: 0o600 });
    renameSync(fresh, path.join(place, name));
    clear(place);
    return true;
  } catch {
    removeQuietly(fresh);
    return false;
  }
}

/** On a full disk, each start would leave one more. */
function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Where nothing can be written, there is nothing.
  }
}

/** How long a file may take to be written: longer ones belong to somebody who died over them, ms. */
const WRITTEN_MS = 10 * 60_000;

/** What was begun and never got its name is of no use to anybody. */
function clear(place: string): void {
  for (const name of readdirSync(place)) {
    if (!name.endsWith(".new")) continue;
    const file = path.join(place, name);
    // Another process may give it its name in this moment.
    const since = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (since < Date.now() - WRITTEN_MS) rmSync(file, { force: true });
  }
}

/** How long code of other versions is kept, ms. */
const KEPT_MS = 60 * 24 * 60 * 60_000;

/** A new version has come: what older ones have left is of no use to anybody much longer. */
function forget(place: string): void {
  const shelf = path.join(place, "..");
  for (const name of readdirSync(shelf)) {
    const other = path.join(shelf, name);
    if (other !== place && statSync(other).mtimeMs < Date.now() - KEPT_MS) rmSync(other, { recursive: true, force: true });
  }
}
