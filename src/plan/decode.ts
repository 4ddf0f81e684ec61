/** Bytes of a plan file to text, or the one reason why they are none. */
import type { Problem } from "./types.ts";

/**
 * Largest plan file, bytes. A task takes about 60 bytes, so this is room for tens of thousands; reading needs
 * about a thousand times the size in memory, and a larger file is almost surely not a plan.
 */
export const LARGEST_PLAN = 4 * 1024 * 1024;

export type Decoded = { readonly text: string; readonly problem: null } | { readonly text: null; readonly problem: Problem };

/** Refuses a file by its size alone, so that a huge one need not be read. `size` in bytes. */
export function refuseBySize(size: number, file: string): Problem | null {
  if (size <= LARGEST_PLAN) return null;
  const megabytes = (size / 1024 / 1024).toFixed(1);
  return problem(
    file,
    "too-large",
    `the file has ${megabytes} MB; a plan has at most ${LARGEST_PLAN / 1024 / 1024} MB`,
    "name the Markdown file of the plan",
  );
}

/** UTF-8 with or without byte order mark, any line ends. The text has "\n" only and no mark. */
export function decodePlan(bytes: Uint8Array, file: string): Decoded {
  const refused = refuseBySize(bytes.length, file) ?? refuseUtf16(bytes, file) ?? refuseBinary(bytes, file);
  if (refused !== null) return { text: null, problem: refused };
  const decoded = strictly(bytes);
  if (decoded === null) return { text: null, problem: refusedEncoding(bytes, file) };
  const text = decoded.replace(/\r\n?/g, "\n");
  if (text.trim() !== "") return { text, problem: null };
  return { text: null, problem: problem(file, "empty", "the file is empty", "write a plan: a title and a table with #, Task and Run") };
}

function refuseUtf16(bytes: Uint8Array, file: string): Problem | null {
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  if (mark !== 0xfffe && mark !== 0xfeff) return null;
  return problem(file, "not-utf8", "the file is UTF-16", "save it as UTF-8");
}

function refuseBinary(bytes: Uint8Array, file: string): Problem | null {
  const offset = bytes.indexOf(0);
  if (offset === -1) return null;
  return problem(
    file,
    "binary",
    `byte ${offset} is NUL: the file is not text`,
    "name the Markdown file of the plan",
    placeOf(bytes, offset),
  );
}

/** Null where something is not UTF-8. */
function strictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function refusedEncoding(bytes: Uint8Array, file: string): Problem {
  const offset = firstBadByte(bytes);
  const hex = (bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, "0");
  return problem(file, "not-utf8", `byte ${offset} (0x${hex}) is not UTF-8`, "save the file as UTF-8", placeOf(bytes, offset));
}

/** Offset of the first byte that no UTF-8 sequence (RFC 3629) can begin or go on with; their number if there is none. */
function firstBadByte(bytes: Uint8Array): number {
  let offset = 0;
  while (offset < bytes.length) {
    const length = sequenceLength(bytes, offset);
    if (length === 0) break;
    offset += length;
  }
  return offset;
}

/** Length of the valid sequence at `offset`; 0 if there is none. */
function sequenceLength(bytes: Uint8Array, offset: number): number {
  const lead = bytes[offset] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  const second = bytes[offset + 1] ?? 0;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (length === 0 || second < low || second > high) return 0;
  for (let index = 2; index < length; index++) {
    if (((bytes[offset + index] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

/** Line and column of a byte, both from 1; the column counts characters. */
function placeOf(bytes: Uint8Array, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let index = 0; index < offset; index++) {
    if (bytes[index] === 0x0a) {
      line++;
      start = index + 1;
    }
  }
  return { line, column: new TextDecoder("utf-8").decode(bytes.subarray(start, offset)).length + 1 };
}

function problem(file: string, code: string, message: string, advice: string, place = { line: 1, column: 1 }): Problem {
  return { severity: "error", code, trap: null, message, advice, file, ...place };
}
