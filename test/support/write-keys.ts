/** `npm run keys`: writes the README's key table from the command table. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commands } from "../../src/dashboard/commands.ts";
import { keyTableMarkdown } from "../../src/dashboard/keymap.ts";
import { replaceBetween } from "./between.ts";

const file = join(import.meta.dirname, "..", "..", "README.md");
writeFileSync(file, replaceBetween(readFileSync(file, "utf8"), "keys", keyTableMarkdown(commands)));
