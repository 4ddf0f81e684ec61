/**
 * Scripts that one way into the program always needs, in one file: sixty files of a few kilobytes cost as much to be opened as their code
 * costs to be read. src/scripts.ts takes from such a pack what it holds, and everything else from its own file.
 */
import { basename, dirname, join } from "node:path";

/** By what a command line begins with: the sources that are loaded before anything is seen, or before the engine answers. */
const WAYS = [
  {
    pack: "pack-dashboard.js",
    words: ["run", "attach"],
    sources: ["src/cli.ts", "src/cli-commands.ts", "src/commands/run.ts", "src/commands/show-dashboard.ts"],
  },
  { pack: "pack-engine.js", words: ["__engine"], sources: ["src/cli.ts", "src/engine/engine-start.ts", "src/engine/engine-process.ts"] },
];

/** Which pack a command line takes, by its first word. */
export const PACKS = Object.fromEntries(WAYS.flatMap(({ pack, words }) => words.map((word) => [word, pack])));

/** The packs, of scripts and of what esbuild says about the files that they were made of. `late`: scripts that wait for their first use. */
export function packsOf(scripts, outputs, late) {
  const folder = dirname(scripts[0].path);
  const contents = new Map(scripts.map((script) => [basename(script.path), script.contents.toString("utf8")]));
  return WAYS.map(({ pack, sources }) => {
    const held = [...needed(sources, outputs, new Set(late))].map((path) => basename(path));
    const parts = held.map((name) => `${JSON.stringify(name)}: ${contents.get(name)}`);
    return { path: join(folder, pack), contents: Buffer.from(`({\n${parts.join(",\n")}\n})`) };
  });
}

/** The files of these sources, with all that they load as they begin. */
function needed(sources, outputs, late) {
  const all = new Set();
  const take = (path) => {
    if (all.has(path) || late.has(path)) return;
    all.add(path);
    for (const { path: other, kind, external } of outputs[path].imports) if (kind === "import-statement" && !external) take(other);
  };
  for (const source of sources) {
    const found = Object.keys(outputs).find((path) => outputs[path].entryPoint === source);
    if (found === undefined) throw new Error(`${source} is no file of its own in the bundle any more: adapt .ci/packs.mjs`);
    take(found);
  }
  return all;
}
