/** node-pty publishes types for its public half only. */
declare module "node-pty/lib/utils.js" {
  /** Finds and loads a native module; `dir` is relative to node-pty's lib folder. */
  export function loadNativeModule(name: "pty"): { readonly dir: string; readonly module: unknown };
}
