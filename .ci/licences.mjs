/** The licences of what a bundle holds: whoever hands the code on must hand their texts on with it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One text for these esbuild metafiles: every package of which code came in, with version, licence and its text. */
export function licencesOf(metafiles, root) {
  const folders = new Set(metafiles.flatMap((metafile) => Object.keys(metafile.inputs)).flatMap((input) => packageFolder(input) ?? []));
  const parts = [...folders].sort().map((folder) => licenceOf(join(root, folder)));
  return `The program contains code of these packages.\n\n${parts.join("\n\n")}\n`;
}

/** `node_modules/a/node_modules/@b/c/d.js` lies in `node_modules/a/node_modules/@b/c`. */
function packageFolder(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0] ?? null;
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? "(The package comes without a licence text.)" : readFileSync(join(folder, file), "utf8").trim();
  return `${"=".repeat(80)}\n${name} ${version} · ${license}\n\n${text}`;
}
