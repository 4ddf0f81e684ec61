/** Whether the package that `npm publish` would make holds what it needs and nothing else. The build has run before. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { ROOT } from "./setup.mjs";

const NEEDED = [
  "package.json",
  "README.md",
  "LICENSE",
  "CHANGELOG.md",
  "dist/marathon.js",
  "dist/holder.js",
  "dist/rehearsal.js",
  "dist/LICENSES.txt",
  "dist/chunks/cli.js",
  "plans/first-marathon.md",
];
const ALLOWED = [
  /^package\.json$/,
  /^README\.md$/,
  /^LICENSE$/,
  /^CHANGELOG\.md$/,
  /^dist\/(holder|marathon|rehearsal)\.js$/,
  /^dist\/LICENSES\.txt$/,
  /^dist\/chunks\/[\w.-]+\.js$/,
  /^plans\/[\w-]+\.md$/,
];
/** Unpacked, bytes. A growth beyond it should be somebody's decision. */
// Most scripts are there twice: by themselves, and in a pack (.ci/packs.mjs).
const LARGEST = 8 * 1024 * 1024;

const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const packed = pack();
const files = packed.files.map((file) => file.path);
const problems = [
  ...NEEDED.filter((file) => !files.includes(file)).map((file) => `${file} is missing in the package`),
  ...files.filter((file) => !ALLOWED.some((allowed) => allowed.test(file))).map((file) => `${file} does not belong in the package`),
  ...(packed.unpackedSize > LARGEST ? [`the package is ${packed.unpackedSize} bytes unpacked; at most ${LARGEST} are expected`] : []),
  ...(await linted()),
];
for (const problem of problems) console.error(`package: ${problem}`);
if (problems.length === 0) console.log(`package: ${files.length} files, ${packed.unpackedSize} bytes unpacked`);
process.exitCode = problems.length === 0 ? 0 : 1;

function pack() {
  const result = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28 });
  if (result.status !== 0) throw new Error(`npm pack --dry-run failed: ${result.stderr}`);
  const answer = JSON.parse(result.stdout);
  // A list until npm 11, an object by package name since.
  return Array.isArray(answer) ? answer[0] : (answer[manifest.name] ?? answer);
}

async function linted() {
  const { messages } = await publint({ pkgDir: ROOT, strict: true });
  return messages.map((message) => formatMessage(message, manifest) ?? message.code);
}
