/** The one place that knows the Markdown library. */
import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import type { Options } from "mdast-util-from-markdown";
import { frontmatterFromMarkdown } from "mdast-util-frontmatter";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTaskListItemFromMarkdown } from "mdast-util-gfm-task-list-item";
import { frontmatter } from "micromark-extension-frontmatter";
import { gfmTable } from "micromark-extension-gfm-table";
import { gfmTaskListItem } from "micromark-extension-gfm-task-list-item";

/** Built once: every piece is parsed with the same. */
const OPTIONS: Options = optionsWithout("attention", "definition");
/** For a paragraph of brackets: the parser looks back through all of them at each that closes (80 KB of them took 20 s). */
const WITHOUT_LINKS: Options = optionsWithout("attention", "definition", "labelStartLink", "labelStartImage", "labelEnd");
/** No person writes so many links into one paragraph. */
const MOST_BRACKETS = 500;

function optionsWithout(...constructs: string[]): Options {
  return {
    extensions: [frontmatter("yaml"), gfmTable(), gfmTaskListItem(), { disable: { null: constructs } }],
    mdastExtensions: [frontmatterFromMarkdown("yaml"), gfmTableFromMarkdown(), gfmTaskListItemFromMarkdown()],
  };
}

/** The tree of a text, as mdast has it. Never throws on any text. */
export function parseTree(text: string): Root {
  return fromMarkdown(text, hasBracketHeap(text) ? WITHOUT_LINKS : OPTIONS);
}

/** Whether a paragraph, or a line of a table, has more brackets than anybody writes. */
function hasBracketHeap(text: string): boolean {
  let run = 0;
  let from = 0;
  for (let at = text.indexOf("["); at !== -1; at = text.indexOf("[", at + 1)) {
    if (/\n[ \t]*[\n|]/.test(text.slice(from, at))) run = 0;
    if (++run > MOST_BRACKETS) return true;
    from = at;
  }
  return false;
}
