/** The import table of the README's map, as data. A folder that is not in it is not allowed to exist. */

export interface FolderRule {
  /** Folders of ours whose values it may import; its own is always allowed. */
  readonly imports: readonly string[];
  /** Folders of which it may know the types only. */
  readonly types?: readonly string[];
  /** Packages from outside. */
  readonly libraries?: readonly string[];
  /** No files, no clock, no process, no chance, no modules of Node: the same input gives the same output. */
  readonly pure?: boolean;
  /** No modules of Node. */
  readonly nodeless?: boolean;
}

const EVERYTHING = ["plan", "marathon", "report", "screen", "protocol", "engine", "dashboard", "commands"];

/** Folders below `src/`, and `components`; `.` is the files directly in `src/`. */
export const FOLDERS: Readonly<Record<string, FolderRule>> = {
  plan: {
    imports: [],
    libraries: ["mdast", "mdast-util-*", "micromark-*", "yaml"],
    pure: true,
  },
  marathon: { imports: ["plan"], pure: true },
  report: { imports: ["plan", "marathon"], pure: true },
  screen: { imports: ["protocol"], types: ["plan", "marathon"], libraries: ["@xterm/headless", "@xterm/addon-*"] },
  // Rows and cells are defined where they travel: the screen makes them, the compositor draws them.
  protocol: { imports: [], types: ["plan", "marathon"] },
  engine: {
    imports: ["plan", "marathon", "report", "screen", "protocol", "."],
    libraries: ["node-pty", "chokidar", "simple-git", "@secretlint/*", "@noble/hashes"],
  },
  dashboard: { imports: ["marathon", "protocol"], types: ["plan", "screen"], libraries: ["zustand", "string-width"] },
  components: { imports: ["dashboard", "marathon"], types: ["plan", "protocol"], libraries: ["ink", "react", "zustand"], nodeless: true },
  // A program of its own: it knows what an agent is told, and nothing of who tells it.
  rehearsal: { imports: [], types: ["plan", "engine"] },
  commands: { imports: [...EVERYTHING, "components", "."], libraries: ["react", "@modelcontextprotocol/server"] },
  ".": { imports: EVERYTHING, libraries: ["commander"] },
};

/** Where the outside is wrapped: at most so many files below that path import the library. */
export const ADAPTERS: Readonly<Record<string, { readonly below: string; readonly files: number }>> = {
  "node-pty": { below: "src/engine/pty", files: 1 },
  chokidar: { below: "src/engine/", files: 1 },
  "simple-git": { below: "src/engine/", files: 1 },
  commander: { below: "src/cli", files: 7 },
  "@modelcontextprotocol/server": { below: "src/commands/mcp-server", files: 1 },
  "@secretlint/core": { below: "src/engine/secrets/find-secrets", files: 1 },
  "@noble/hashes": { below: "src/engine/short-hash", files: 1 },
  yaml: { below: "src/plan/", files: 1 },
  "string-width": { below: "src/dashboard/", files: 1 },
  "@xterm/headless": { below: "src/screen/", files: 1 },
};

/** Drawing is loaded by this file alone, and this file is loaded lazily: `check` and `status` never pay for Ink. */
export const DRAWS = "src/commands/show-dashboard.ts";

/** Names that a pure folder must not mention. */
export const IMPURE_NAMES: ReadonlySet<string> = new Set([
  "process",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "performance",
  "console",
  "fetch",
  "crypto",
  "require",
]);
