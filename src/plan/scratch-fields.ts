/** Named fields in a note, in any of the forms people and agents use: heading, bold line, bullet, "Name: value". */
import type { ScratchLine } from "./scratch-lines.ts";

export interface Field<Name extends string> {
  readonly name: Name;
  /** Text after the colon on the field's own line. */
  readonly inline: string;
  /** Bullets and plain lines below it, until the next field or heading. */
  readonly lines: string[];
  readonly line: number;
}

/**
 * Cuts a note at its fields. `names` maps each field to the words that open it. A heading that is no field ends the
 * one before. Values that are template text ("[list]", "XX%", "X hours") are left out (T-58).
 */
export function fieldsOf<Name extends string>(lines: readonly ScratchLine[], names: readonly (readonly [Name, RegExp])[]): Field<Name>[] {
  const fields: Field<Name>[] = [];
  let current: Field<Name> | null = null;
  for (const line of lines) {
    if (line.code) continue;
    const heading = /^\s{0,3}(#{1,6})\s+(.*)$/.exec(line.text);
    const text = bare(heading?.[2] ?? line.text);
    const match = /^([^:]{2,60}?)\s*(?::\s*(.*))?$/.exec(text);
    const label = match?.[1] ?? "";
    const opens = heading !== null || match?.[2] !== undefined || /^\s*\*\*[^*]+\*\*:?\s*$/.test(line.text);
    const name = opens ? names.find(([, pattern]) => pattern.test(label))?.[0] : undefined;
    if (name !== undefined) {
      current = { name, inline: real(match?.[2] ?? ""), lines: [], line: line.number };
      fields.push(current);
    } else if (heading !== null) current = null;
    else if (current !== null && real(text) !== "") current.lines.push(real(text));
  }
  return fields;
}

/** All values of a field, one entry each. Inline lists are cut at semicolons, or at commas when there are none. */
export function valuesOf<Name extends string>(fields: readonly Field<Name>[], name: Name): string[] {
  return fields
    .filter((field) => field.name === name)
    .flatMap((field) => [...field.inline.split(field.inline.includes(";") ? ";" : /,\s+/), ...field.lines])
    .map((value) => value.trim())
    .filter((value) => value !== "" && !/^(?:none|nothing|n\/a|[-–—])\.?$/i.test(value));
}

/** The inline value, or the first line below. */
export function valueOf<Name extends string>(fields: readonly Field<Name>[], name: Name): string | null {
  for (const field of fields) {
    if (field.name !== name) continue;
    const value = field.inline || field.lines[0] || "";
    if (value !== "") return value;
  }
  return null;
}

function bare(text: string): string {
  return text
    .replace(/^\s*(?:>\s*)?(?:(?:[-*+]|\d{1,6}[.)])\s+)?(?:\[[ xX~!]\]\s+)?/, "")
    .replaceAll("**", "")
    .trim();
}

function real(text: string): string {
  return /^\[[^\]]*\]$|^X{1,3}\s*(?:%|h\b|hours?)|^X{2,}$/.test(text.trim()) ? "" : text.trim();
}
