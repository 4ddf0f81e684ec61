/**
 * OSC 7501, the Program Status Protocol (revision 0.3 of 2026-10-07): `ESC ] 7501 ; key=value:key=value ST`, by which a
 * program says that it works, waits for a person, is done or failed, for itself and for parts of it.
 */
import { plainText } from "./plain-text.ts";

export type StatusState = "idle" | "working" | "done" | "blocked" | "error" | "clear";
export type StatusKind = "permission" | "question" | "auth";

export interface StatusReport {
  /** Path of the part that reports, "" for the program itself. */
  readonly id: string;
  readonly state: StatusState;
  /** Only with `blocked`. */
  readonly kind: StatusKind | null;
  /** 0–100, only with `working` and `blocked`. */
  readonly progress: number | null;
  readonly app?: string | null;
  /** Untrusted text, made fit to be shown. */
  readonly title: string | null;
  readonly message: string | null;
}

// Limits of the protocol, in bytes.
const MAX_SEQUENCE = 4096;
/** `ESC ] 7501 ;` and the terminator around the fields. */
const FRAME = 9;
const MAX_ID = 128;
const MAX_TITLE = 192;
const MAX_MESSAGE = 2048;

const STATES: ReadonlySet<string> = new Set<StatusState>(["idle", "working", "done", "blocked", "error", "clear"]);
const KINDS: ReadonlySet<string> = new Set<StatusKind>(["permission", "question", "auth"]);

const FIELD = /^([a-z]+)=([A-Za-z0-9_.,+/=-]*)$/u;
const ID = /^[A-Za-z0-9_.+-]{1,32}(?:\/[A-Za-z0-9_.+-]{1,32}){0,7}$/u;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/u;

/** The report in what follows `7501;`, or null when it breaks a rule: then the protocol wants all of it ignored. */
export function parseStatusReport(data: string): StatusReport | null {
  if (data.length + FRAME > MAX_SEQUENCE) return null;
  const fields = readFields(data);
  const state = fields?.get("state");
  if (!fields || state === undefined || !STATES.has(state)) return null;
  const kind = readKind(fields.get("kind"), state);
  const progress = readProgress(fields.get("progress"), state);
  const id = fields.get("id") ?? "";
  const title = readText(fields.get("title"), MAX_TITLE);
  const message = readText(fields.get("msg"), MAX_MESSAGE);
  if (kind === undefined || progress === undefined || title === undefined || message === undefined) return null;
  if (id !== "" && (id.length > MAX_ID || !ID.test(id))) return null;
  return { id, state: state as StatusState, kind, progress, app: fields.get("app") ?? null, title, message };
}

function readFields(data: string): Map<string, string> | null {
  const fields = new Map<string, string>();
  for (const part of data.split(":")) {
    const match = FIELD.exec(part);
    if (!match) return null;
    fields.set(match[1] ?? "", match[2] ?? "");
  }
  return fields;
}

/** Undefined for what breaks a rule, here and below. Unknown kinds are a later revision's and read as none. */
function readKind(value: string | undefined, state: string): StatusKind | null | undefined {
  if (value === undefined) return null;
  if (state !== "blocked") return undefined;
  return KINDS.has(value) ? (value as StatusKind) : null;
}

function readProgress(value: string | undefined, state: string): number | null | undefined {
  if (value === undefined) return null;
  if (state !== "working" && state !== "blocked") return undefined;
  return /^\d{1,3}$/u.test(value) && Number(value) <= 100 ? Number(value) : undefined;
}

function readText(value: string | undefined, limit: number): string | null | undefined {
  if (value === undefined) return null;
  if (!BASE64.test(value)) return undefined;
  const bytes = Buffer.from(value, "base64");
  if (bytes.length > limit) return undefined;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
  // eslint-disable-next-line no-control-regex -- the protocol discards reports with control characters
  if (/[\u0000-\u001f\u007f-\u009f]/u.test(text)) return undefined;
  return plainText(text, limit);
}
