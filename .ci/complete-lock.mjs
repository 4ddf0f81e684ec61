/**
 * Completes package-lock.json: `npm ci` refuses a lock file that lacks an optional package, also one for another
 * platform, and npm leaves out what the registry did not have when the lock file was made (some registries keep the
 * packages of a few platforms only). Such an entry gets its version from the package that asks for it and its platform
 * from its name. `npm run lock` calls it after npm.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./setup.mjs";

const FILE = join(ROOT, "package-lock.json");
const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "x64"];

const lock = JSON.parse(readFileSync(FILE, "utf8"));
const missing = Object.entries(lock.packages).flatMap(([path, entry]) => missingOf(path, entry));
for (const { path, entry } of missing) lock.packages[path] = entry;
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en")));
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${missing.length} entries for other platforms added`);

function missingOf(path, { optionalDependencies = {}, dev }) {
  return Object.entries(optionalDependencies)
    .filter(([name]) => !found(path, name))
    .map(([name, version]) => ({ path: beside(path, name), entry: { version, ...platformOf(name), ...(dev && { dev }), optional: true } }));
}

/** As Node.js looks for it: in the package's own node_modules, then outwards. */
function found(path, name) {
  const folders = path.split(/\/?node_modules\//).filter(Boolean);
  for (let depth = folders.length; depth >= 0; depth--) {
    const from = folders.slice(0, depth).map((folder) => `node_modules/${folder}/`);
    if (lock.packages[`${from.join("")}node_modules/${name}`] !== undefined) return true;
  }
  return false;
}

function beside(path, name) {
  return `${path.slice(0, path.lastIndexOf("node_modules/"))}node_modules/${name}`;
}

/** `@scope/binding-linux-arm-gnueabihf` is for linux, arm. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = words.find((word) => SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word));
  if (os === undefined || cpu === undefined)
    throw new Error(`package-lock.json lacks ${name}, whose name tells no platform: add it by hand`);
  const libc = os !== "linux" ? undefined : words.includes("musl") ? "musl" : words.includes("gnu") ? "glibc" : undefined;
  return { os: [os], cpu: [cpu], ...(libc && { libc: [libc] }) };
}
