/**
 * Bundles the program: `dist/marathon.js` (the guard and the launcher), `dist/chunks/` (the program, split so that each
 * command loads only its own part), `dist/compiled/` (V8's code of these for the Node.js that builds), `dist/rehearsal.js` (the stand-in agent) and `dist/holder.js` (what holds the ptys).
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { learnedCode } from "./learn.mjs";
import { licencesOf } from "./licences.mjs";
import { atLoad } from "./at-load.mjs";
import { builtins } from "./builtins.mjs";
import { PACKS, packsOf } from "./packs.mjs";
import { rememberInk } from "./remember-ink.mjs";
import { codeIn } from "../src/scripts.ts";
import { asScripts, buildOf, compiledScripts } from "./scripts.mjs";
import { ROOT } from "./setup.mjs";

const DIST = join(ROOT, "dist");
const PROGRAM = join(DIST, "marathon.js");

/** What few plans need is loaded when one does: the parsers of Markdown that is not plain, and of front matter. They take milliseconds. */
const LATE = ["src/plan/markdown-parser.ts", "src/plan/yaml.ts"];

const common = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node22.22",
  treeShaking: true,
  minifySyntax: true,
  legalComments: "none",
  // Written at the end, all or nothing: a build that fails leaves the last one in place.
  write: false,
  metafile: true,
  outdir: DIST,
  logLevel: "warning",
  define: {
    MARATHON_STATE_CODE: JSON.stringify(stateCode()),
    "process.env.NODE_ENV": '"production"',
    "process.env.DEV": '"false"',
    // Yoga would fetch its WebAssembly from its own data: address, for which Node.js loads an HTTP client: 25 ms of each start.
    fetch: "undefined",
  },
};

/** Of what folds events into a state: a state that other code made must not be taken up, see src/engine/journal-snapshot.ts. */
function stateCode() {
  const hash = createHash("sha256");
  for (const folder of ["src/marathon", "src/plan"]) {
    const files = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) hash.update(readFileSync(path));
  }
  return hash.digest("hex").slice(0, 16);
}

/** Packages in CommonJS call `require`, which an ES module does not have. */
const requireBanner = 'const require = process.getBuiltinModule("node:module").createRequire(import.meta.url);';

const [program, ...others] = await Promise.all([
  build({
    ...common,
    // As entry points of their own, they are files of their own.
    entryPoints: [{ in: "src/cli.ts", out: "chunks/cli" }, ...LATE.map((file) => ({ in: file, out: `late/${basename(file, ".ts")}` }))],
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    // A native module: it looks for its prebuilt binary beside itself.
    external: ["node-pty"],
    plugins: [atLoad(), rememberWidths(), rememberInk()],
  }),
  build({
    ...common,
    entryPoints: [{ in: "src/rehearsal/main.ts", out: "rehearsal" }],
    plugins: [builtins()],
    banner: { js: requireBanner },
  }),
  build({
    ...common,
    entryPoints: [{ in: "src/engine/holder/main.ts", out: "holder" }],
    external: ["node-pty"],
    plugins: [builtins()],
    banner: { js: requireBanner },
  }),
]);
const { outputs } = program.metafile;
const late = Object.keys(outputs).filter((path) => LATE.some((file) => file in outputs[path].inputs));
const single = asScripts(
  program.outputFiles.filter(({ path }) => dirname(path) !== join(DIST, "late")),
  late,
);
const scripts = [...single, ...packsOf(single, outputs, late)];
const buildName = buildOf(scripts);
const launcher = await build({
  ...common,
  entryPoints: [{ in: "src/launcher.ts", out: "marathon" }],
  define: { ...common.define, BUILD_OF_SCRIPTS: JSON.stringify(buildName), PACKS: JSON.stringify(PACKS) },
  banner: { js: guard() },
});
const licences = {
  path: join(DIST, "LICENSES.txt"),
  contents: Buffer.from(
    licencesOf(
      [program, ...others, launcher].map((bundle) => bundle.metafile),
      ROOT,
    ),
  ),
};
const whole = [...others, launcher].flatMap((bundle) => bundle.outputFiles);
const code = compiledScripts(scripts, buildName, join(DIST, "compiled"));
const packs = code.filter(({ path }) => Object.values(PACKS).includes(basename(path)));
// The same scripts have the same code, so what an earlier build has learned of them stays.
const learned = packs.filter(isLearned);
write([...scripts, ...code.map((one) => (learned.includes(one) ? { ...one, contents: readFileSync(one.path) } : one)), ...whole, licences]);
if (learned.length < packs.length) await learn();

/** Less than the code of all its functions, and whole, see learn.mjs. */
function isLearned({ path, contents }) {
  const kept = codeIn(path);
  return kept !== null && kept.length < 0.8 * contents.length;
}

/** Without it the program starts later, and is whole. */
async function learn() {
  try {
    const found = await learnedCode(
      PROGRAM,
      packs.map(({ path }) => basename(path)),
    );
    // Another build may have been here meanwhile: its code has another folder.
    for (const { path } of packs) if (existsSync(path)) replace(path, found.get(basename(path)), 0o644);
  } catch (error) {
    console.error(`build: the packs keep the code of all their functions, since a start could not be watched: ${error.message}`);
  }
}

/** The program may be running from these files while it builds itself: what is the same stays, the rest is replaced whole. */
function write(files) {
  for (const { path, contents } of files) {
    if (existsSync(path) && readFileSync(path).equals(contents)) continue;
    mkdirSync(dirname(path), { recursive: true });
    replace(path, contents, path === PROGRAM ? 0o755 : 0o644);
  }
  const made = new Set(files.map((file) => file.path));
  for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const wanted = entry.isFile() ? made.has(path) : files.some((file) => file.path.startsWith(`${path}/`));
    if (!wanted) rmSync(path, { recursive: true, force: true });
  }
}

function replace(path, contents, mode) {
  const fresh = `${path}.${process.pid}.new`;
  writeFileSync(fresh, contents, { mode });
  renameSync(fresh, path);
}

/**
 * Ink measures the same words in every frame, each time with the regular expressions of string-width: a third of a frame. In the
 * bundle a word is measured once; text of letters, lines and blocks, which is a column a character (src/dashboard/format.ts), is not
 * handed over at all; and the expression for emoji and the segmenter, 30 and 15 ms of a start, wait until they are needed.
 */
function rememberWidths() {
  const remembering = `
    import stringWidth from "string-width";
    const known = new Map();
    const narrow = /^[\\x20-\\x7e\\u00a1-\\u00ac\\u00ae-\\u00ff\\u2010-\\u2027\\u2190-\\u2193\\u2212\\u22ef\\u2500-\\u25fc\\u266a\\u2713\\u2717\\u2800-\\u28ff]*$/u;
    const colours = /\\u001b\\[[\\d;]*m/gu;
    export default function width(text, options) {
      if (options !== undefined || typeof text !== "string") return stringWidth(text, options);
      let found = known.get(text);
      if (found !== undefined) return found;
      if (known.size > 20000) known.clear();
      const bare = text.includes("\\u001b") ? text.replace(colours, "") : text;
      found = narrow.test(bare) ? bare.length : stringWidth(text);
      known.set(text, found);
      return found;
    }`;
  return {
    name: "remember-widths",
    setup(bundler) {
      bundler.onResolve({ filter: /^string-width$/ }, ({ namespace }) =>
        namespace === "remembered" ? undefined : { path: "string-width", namespace: "remembered" },
      );
      bundler.onLoad({ filter: /.*/, namespace: "remembered" }, () => ({ contents: remembering, resolveDir: ROOT }));
    },
  };
}

/**
 * src/guard.sh as the head of a file that is both a shell script and a JavaScript module. For the shell, `':' /*` does
 * nothing and the script ends before the comment does; for JavaScript, it is a string and a comment.
 */
function guard() {
  const script = readFileSync(join(ROOT, "src", "guard.sh"), "utf8");
  const [first, ...rest] = script.split("\n");
  if (first !== "#!/usr/bin/env sh" || script.includes("*/") || !script.trimEnd().endsWith('exit "$code"')) {
    throw new Error('src/guard.sh must begin with #!/usr/bin/env sh, end with exit "$code", and hold no end of a comment');
  }
  return `${first}\n':' /*\n${rest.join("\n").trimEnd()}\n*/;`;
}
