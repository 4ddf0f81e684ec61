/** Changes to files of others on their way into the bundle. */
import { readFileSync } from "node:fs";

/**
 * A plugin of esbuild. `files`: a pattern of their paths and what is changed in each, pairs of a text that is there once and what takes its place.
 * Where it is not, the library has changed: then the build fails, and somebody must look at it again.
 */
export function patches(name, files) {
  return {
    name,
    setup(bundler) {
      for (const [filter, changes] of files)
        bundler.onLoad({ filter }, ({ path }) => ({ contents: patched(readFileSync(path, "utf8"), changes, `${path} (plugin ${name})`) }));
    },
  };
}

function patched(source, changes, where) {
  let text = source;
  for (const [before, after] of changes) {
    if (text.split(before).length !== 2) throw new Error(`${where} has not once: ${before} - see how it does that now, and adapt .ci`);
    text = text.replace(before, () => after);
  }
  return text;
}
