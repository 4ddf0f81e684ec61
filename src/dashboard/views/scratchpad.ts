/** The watched folder: files newest first with what each changed, and the text of the selected one. */
import type { ScratchFile, State } from "../../marathon/types.ts";
import { plain, plural, timeOfDay, wrap } from "../format.ts";
import { cutLine, span, type Line } from "../lines.ts";
import type { Frame } from "../screen.ts";
import { plainRows, type Row } from "./block.ts";
import { longListRows } from "./list.ts";
import type { Glyphs } from "../theme.ts";

/** The scratchpad's files as the list shows them. */
export function scratchFiles(files: State["files"] | undefined): readonly ScratchFile[] {
  return Object.values(files ?? {}).sort((a, b) => b.at - a.at || a.path.localeCompare(b.path));
}

export function fileListRows(frame: Frame, size: { readonly width: number; readonly height: number }): readonly Row[] {
  const files = scratchFiles(frame.marathon.state?.files);
  const { glyphs } = frame.theme;
  if (files.length === 0) {
    const where = frame.marathon.state?.scratchpad ?? "";
    return plainRows([
      [span("nothing written yet", "dim")],
      ...wrap(`watching ${plain(where)}`, size.width).map((text): Line => [span(text, "dim")]),
    ]);
  }
  const linesOf = (item: number): readonly Line[] => files.slice(item, item + 1).flatMap((file) => fileLines(file, size.width, glyphs));
  return longListRows(files.length, linesOf, frame.view.selected.scratchpad, size.height, glyphs);
}

function fileLines(file: ScratchFile, width: number, glyphs: Glyphs): readonly Line[] {
  const what = span(changesText(file, glyphs.dot), file.changes.length > 0 ? "plain" : "dim");
  return [
    cutLine([span(timeOfDay(file.at), "dim"), span(" "), span(fileName(file.path), "strong")], width, glyphs.ellipsis),
    cutLine([span("         "), span(kindText(file), "accent"), what], width, glyphs.ellipsis),
  ];
}

function kindText(file: ScratchFile): string {
  const { kind, session, task, terminal } = file.name;
  const about = [
    session === null ? "" : `session ${session}`,
    task === null ? "" : `task ${task}`,
    terminal === null ? "" : `terminal ${terminal}`,
  ];
  return plain([kind, ...about].filter((part) => part !== "").join(" "));
}

function changesText(file: ScratchFile, dot: string): string {
  if (file.changes.length > 0) return ` ${dot} ${plain(file.changes.join(", "))}`;
  return ` ${dot} ${file.note === null ? "changed nothing" : plain(file.note)}`;
}

export function fileTitle(frame: Frame): string {
  const { file, fileScroll } = frame.view;
  if (file === null) return "No file";
  const size =
    file.lines === null
      ? ""
      : ` ${frame.theme.glyphs.dot} ${plural(file.lines.length, "line")}${fileScroll > 0 ? ` ${frame.theme.glyphs.dot} from ${fileScroll + 1}` : ""}`;
  return plain(fileName(file.path)) + size;
}

export function fileRows(frame: Frame, size: { readonly width: number; readonly height: number }): readonly Row[] {
  const { file, fileScroll } = frame.view;
  if (file === null) return [];
  if (file.error !== null) return plainRows(wrap(plain(file.error), size.width).map((text): Line => [span(text, "bad")]));
  if (file.lines === null) return plainRows([[span(`reading${frame.theme.glyphs.ellipsis}`, "dim")]]);
  const rows: Line[] = [];
  for (const line of file.lines.slice(fileScroll)) {
    if (rows.length >= size.height) break;
    const tone = /^#{1,6} /u.test(line)
      ? "strong"
      : /^\s*[-*] \[x\]/iu.test(line)
        ? "good"
        : /^\s*[-*] \[!\]/u.test(line)
          ? "bad"
          : "plain";
    for (const part of wrap(plain(line.replaceAll("\t", "    ")), size.width)) rows.push([span(part, tone)]);
  }
  return plainRows(rows.slice(0, size.height));
}

function fileName(path: string): string {
  return plain(path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1));
}
