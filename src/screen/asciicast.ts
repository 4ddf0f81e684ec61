/**
 * asciicast v2 (docs.asciinema.org/manual/asciicast/v2): a line of JSON with the size and the time of the beginning, then
 * one line `[seconds since then, code, text]` for each event. Not v3: its times count from the event before, so that every
 * line of a file must be read to know when its last one was, and after a crash or a lost line all later times are wrong.
 * And v2 is what every player reads.
 */

export interface CastHeader {
  readonly width: number;
  readonly height: number;
  /** When the recording began, whole seconds since the epoch. */
  readonly timestamp: number;
  readonly title: string;
  /** Output that puts a new terminal into the state that the recording begins in; "" for one that is new. Ours: players pass over it. */
  readonly begins: string;
}

/** Where output stands: behind so many bytes of that program's. */
export interface Place {
  readonly id: string;
  readonly at: number;
}

export interface CastEvent {
  /** Seconds since the header's `timestamp`. */
  readonly time: number;
  /**
   * `o`: output as text (see cast-bytes.ts); `r`: a new size, "COLSxROWS"; `m`: a mark with its words. Ours, which players
   * pass over: `p`: what follows is the output of a program from this place on, "ID BYTES", or no program's, "-"; `s`: output
   * that makes of a terminal of that size what this one was here.
   */
  readonly code: "o" | "r" | "m" | "p" | "s";
  readonly data: string;
}

/** How a mark begins that says that output was left out. */
export const MISSING = "missing here: ";

/** One line each, with its line feed. */
export function encodeHeader({ begins, ...header }: CastHeader): string {
  return `${JSON.stringify({ version: 2, ...header, env: { TERM: "xterm-256color" }, ...(begins === "" ? {} : { begins }) })}\n`;
}

export function encodeEvent({ time, code, data }: CastEvent): string {
  return `[${time.toFixed(3)},"${code}",${JSON.stringify(data)}]\n`;
}

/** Null for a line that is no header of ours: cut, or something else. */
export function decodeHeader(line: string): CastHeader | null {
  const value = parsed(line);
  if (typeof value !== "object" || value === null) return null;
  const { version, width, height, timestamp, title, begins } = value as Readonly<Record<string, unknown>>;
  if (version !== 2 || !isSize(width) || !isSize(height) || typeof timestamp !== "number") return null;
  return { width, height, timestamp, title: typeof title === "string" ? title : "", begins: typeof begins === "string" ? begins : "" };
}

/** Null for a line that is no event that we know: the last one of a recording that broke off, say. */
export function decodeEvent(line: string): CastEvent | null {
  const value = parsed(line);
  if (!Array.isArray(value)) return null;
  const [time, code, data] = value as readonly unknown[];
  if (typeof time !== "number" || typeof data !== "string") return null;
  return code === "o" || code === "r" || code === "m" || code === "p" || code === "s" ? { time, code, data } : null;
}

/** The size that an `r` event tells; null when it is none. */
export function decodeSize(data: string): { readonly cols: number; readonly rows: number } | null {
  const match = /^(\d{1,5})x(\d{1,5})$/u.exec(data);
  const cols = Number(match?.[1]);
  const rows = Number(match?.[2]);
  return isSize(cols) && isSize(rows) ? { cols, rows } : null;
}

/** `null`: no program's output. */
export function encodePlace(place: Place | null): string {
  return place === null ? "-" : `${place.id} ${place.at}`;
}

/** The place that a `p` event tells; null when what follows is no program's. */
export function decodePlace(data: string): Place | null {
  const match = /^([\w-]+) (\d+)$/u.exec(data);
  return match ? { id: match[1] ?? "", at: Number(match[2]) } : null;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isSize(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 && value < 65_536;
}
