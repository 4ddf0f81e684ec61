/** How many lines of scrollback the terminals keep: as asked for, else as this marathon was started with, else the usual number. */
import { readFileSync } from "node:fs";
import { isScrollback, SCROLLBACK_LINES } from "../engine/spec.ts";
import { specFile } from "./launch.ts";

/** `folder`: the marathon's own. What cannot be read there counts as not said. */
export function scrollbackLines(asked: number | undefined, folder: string): number {
  return asked ?? saidBefore(specFile(folder)) ?? SCROLLBACK_LINES;
}

function saidBefore(file: string): number | null {
  try {
    const { scrollback } = JSON.parse(readFileSync(file, "utf8")) as { readonly scrollback?: unknown };
    return isScrollback(scrollback) ? scrollback : null;
  } catch {
    return null;
  }
}
