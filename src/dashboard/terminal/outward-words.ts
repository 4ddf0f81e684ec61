/**
 * What the person's terminal is told of the marathon besides its picture: a window title, a progress (OSC 9;4) and a status
 * (OSC 7501, rev. 0.3). Each only to terminals that are known to take it, and all of it taken back on every way out.
 */
import type { Outward } from "../outward.ts";

export interface OutwardKinds {
  /** OSC 2, with the terminal's stack of titles (XTWINOPS 22 and 23). */
  readonly title: boolean;
  /** OSC 9;4. Elsewhere OSC 9 is a notification with these figures as its text. */
  readonly progress: boolean;
}

export interface OutwardPorts {
  /** False while the terminal does not take anything: it is told later. */
  ready(): boolean;
  write(text: string): void;
  /** Calls back after so many ms; answers how to cancel. */
  later(ms: number, call: () => void): () => void;
}

const OSC = "\x1b]";
const ST = "\x1b\\";
const PUSH_TITLE = "\x1b[22;2t";
/** An empty title first, for terminals without a stack. */
const POP_TITLE = `${OSC}2;${ST}\x1b[23;2t`;
const NO_PROGRESS = `${OSC}9;4;0${ST}`;
const NO_STATUS = `${OSC}7501;state=clear${ST}`;
/** News that come thick and fast are told at most so often, ms. */
const PAUSE_MS = 250;
/** OSC 7501: bytes of a title and of a message before base64. */
const MOST_TITLE = 192;
const MOST_MESSAGE = 2048;

/** `env`: of the dashboard. Within tmux or screen a progress would be theirs to pass on, and they do not. */
export function outwardKinds(env: Readonly<Record<string, string | undefined>>): OutwardKinds {
  const { TERM = "", TERM_PROGRAM = "", TERM_PROGRAM_VERSION = "" } = env;
  const title = env["MARATHON_STATUS"] !== "0" && !/^(?:linux|dumb|)$/u.test(TERM);
  const inside = Boolean(env["TMUX"] ?? env["STY"] ?? env["ZELLIJ"]);
  const [major = 0, minor = 0, patch = 0] = TERM_PROGRAM_VERSION.split(".").map(Number);
  const iterm = TERM_PROGRAM === "iTerm.app" && (major > 3 || (major === 3 && (minor > 6 || (minor === 6 && patch >= 6))));
  const known = TERM_PROGRAM === "ghostty" || iterm || Boolean(env["WT_SESSION"]) || env["ConEmuANSI"] === "ON";
  return { title, progress: title && known && !inside };
}

export class OutwardWords {
  readonly #kinds: OutwardKinds;
  readonly #ports: OutwardPorts;
  /** The terminal has said that it takes a status. */
  #status = false;
  /** What it was told; undo is needed for what is in it. */
  #told = { title: "", progress: "", status: "" };
  #wanted: Outward | null = null;
  #stopTimer: (() => void) | null = null;

  constructor(kinds: OutwardKinds, ports: OutwardPorts) {
    this.#kinds = kinds;
    this.#ports = ports;
  }

  takesStatus(): void {
    if (this.#status || !this.#kinds.title) return;
    this.#status = true;
    this.#soon();
  }

  tell(outward: Outward): void {
    this.#wanted = outward;
    this.#soon();
  }

  /** Another program had the terminal meanwhile: it is told anew. */
  again(): void {
    this.#told = { ...this.#told, progress: this.#told.progress && "?", status: this.#told.status && "?" };
    if (this.#told.title !== "") this.#told.title = "?";
    this.#soon();
  }

  /** Takes everything back; to be written with the reset of the terminal. "" when it was told nothing. */
  end(): string {
    this.#stopTimer?.();
    this.#stopTimer = null;
    this.#wanted = null;
    const { title, progress, status } = this.#told;
    this.#told = { title: "", progress: "", status: "" };
    return [status && NO_STATUS, progress && NO_PROGRESS, title && POP_TITLE].join("");
  }

  #soon(): void {
    this.#stopTimer ??= this.#ports.later(PAUSE_MS, () => {
      this.#stopTimer = null;
      this.#write();
    });
  }

  #write(): void {
    const outward = this.#wanted;
    if (outward === null) return;
    if (!this.#ports.ready()) return this.#soon();
    const title = this.#kinds.title ? titleOf(outward) : "";
    const progress = this.#kinds.progress ? progressOf(outward) : "";
    const status = this.#status ? statusOf(outward) : "";
    const { title: before } = this.#told;
    const text = [
      title !== before && before === "" ? PUSH_TITLE : "",
      title === before ? "" : title,
      progress === this.#told.progress ? "" : progress,
      status === this.#told.status ? "" : status,
    ].join("");
    this.#told = { title, progress, status };
    if (text !== "") this.#ports.write(text);
  }
}

function titleOf({ name, words }: Outward): string {
  return `${OSC}2;${visible(`${name}: ${words}`)}${ST}`;
}

/** 1 as it should be, 2 an error, 4 paused: somebody is waited for. */
function progressOf({ state, percent }: Outward): string {
  if (state === "done" || state === "idle" || percent === null) return NO_PROGRESS;
  return `${OSC}9;4;${state === "error" ? 2 : state === "blocked" ? 4 : 1};${percent}${ST}`;
}

function statusOf({ state, kind, percent, name, words }: Outward): string {
  const fields = [
    `state=${state}`,
    ...(kind === null ? [] : [`kind=${kind}`]),
    ...(percent !== null && (state === "working" || state === "blocked") ? [`progress=${percent}`] : []),
    "app=marathon",
    `title=${base64(name, MOST_TITLE)}`,
    `msg=${base64(words, MOST_MESSAGE)}`,
  ];
  return `${OSC}7501;${fields.join(":")}${ST}`;
}

function base64(text: string, most: number): string {
  let short = visible(text);
  while (Buffer.byteLength(short, "utf8") > most) short = [...short].slice(0, -1).join("");
  return Buffer.from(short, "utf8").toString("base64");
}

/** The plan's title is a stranger's text: nothing in it may end the sequence or change how the rest is read. */
function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "").slice(0, 512);
}
