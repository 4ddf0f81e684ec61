/** What people type into a terminal in take-over, as far as a message must wait for it. */

/** After the last key of a person a terminal is theirs for this long, ms. */
const CALM_MS = 5000;
/** An answer and its Enter are through after this long, ms. */
const HOLD_MS = 5000;
/** A mouse or focus report, which types nothing. */
// oxlint-disable-next-line no-control-regex -- reports begin with an escape
const REPORTS = /\x1b\[(?:<[\d;]*[Mm]|M...|[IO])/gsu;
/** Keys after which the line is empty: Enter, Ctrl-C, Ctrl-D, Ctrl-U. */
const ENDS_LINE = /[\r\n\x03\x04\x15]/u;

export class KeyboardWatch {
  #typedAt = Number.NEGATIVE_INFINITY;
  /** A line was begun, by a person or by us, for the program of this pid; what was begun for one that ended is gone. */
  #draft = false;
  #pid: number | null = null;
  #heldAt = Number.NEGATIVE_INFINITY;

  /** `pid`: the program that gets it. */
  typed(bytes: Uint8Array, now: number, pid: number | null): void {
    const keys = Buffer.from(bytes).toString("latin1").replace(REPORTS, "");
    if (keys === "") return;
    this.#typedAt = now;
    const rest = keys.split(ENDS_LINE).at(-1) ?? "";
    this.#draft = rest === keys ? this.#has(pid) || printable(rest) : printable(rest);
    this.#pid = pid;
  }

  /** Somebody else than a person is typing here. */
  hold(now: number): void {
    this.#heldAt = now;
  }

  /** A text of ours was typed and is not sent; or it is gone. */
  unsent(pid: number | null, stands: boolean): void {
    this.#draft = stands;
    this.#pid = pid;
  }

  personTypes(now: number): boolean {
    return now - this.#typedAt < CALM_MS;
  }

  at(now: number, pid: number | null): { readonly inUse: boolean; readonly draft: boolean } {
    return { inUse: this.personTypes(now) || now - this.#heldAt < HOLD_MS, draft: this.#has(pid) };
  }

  /** When a person last typed. */
  get typedAt(): number {
    return this.#typedAt;
  }

  #has(pid: number | null): boolean {
    return this.#draft && this.#pid === pid;
  }
}

function printable(keys: string): boolean {
  return /[ -~\u00a0-\u00ff]/u.test(keys);
}
