/**
 * Modules of Node.js without import statements, each of which makes all that its module has to offer, of `fs` its streams and promises
 * too: 5 to 8 ms for a small program.
 */
import { builtinModules } from "node:module";

/** A plugin of esbuild for programs that are bundled into one module. */
export function builtins() {
  const names = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));
  return {
    name: "builtins",
    setup(bundler) {
      bundler.onResolve({ filter: /^(node:)?[a-z_/]+$/ }, ({ path }) => (names.has(path) ? { path, namespace: "builtin" } : undefined));
      bundler.onLoad({ filter: /.*/, namespace: "builtin" }, ({ path }) => ({
        contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      }));
    },
  };
}
