/**
 * A recording as a person would read it: each line as it was when it left the screen, then what the screen shows at the end.
 * What was redrawn in place (progress bars, prompts, spinners) is there once, as it was last; what a program erased is not.
 * A full-screen program leaves what it showed last.
 */
import { decodeSize, MISSING, type CastEvent } from "./asciicast.ts";
import { textToBytes } from "./cast-bytes.ts";
import { Scheduler } from "./schedule.ts";
import { Screen } from "./screen.ts";
import { continuedText, lineText } from "./text.ts";

/** Parsed between two looks at what has left the screen, bytes: so much cannot push more lines out than the scrollback holds. */
const SLICE_BYTES = 4 * 1024;
const SCROLLBACK_LINES = 10_000;
/** What ends the alternate screen, which is then cleared (xterm: modes 47, 1047, 1049). */
const LEAVES_FULL_SCREEN = /(?=\u001b\[\?(?:\d+;)*(?:47|1047|1049)(?:;\d+)*l)/u;
const ERASE_SCROLLBACK = Buffer.from("\x1b[3J");

export class Transcript {
  readonly #screen: Screen;
  /** Lines of the scrollback that have been told; it is emptied as soon as it can be. */
  #toldLines = 0;
  /** A line that goes on in the next row. */
  #begun = "";
  #told: string[] = [];

  constructor(size: { readonly cols: number; readonly rows: number }) {
    // Nobody but us parses, so nothing is to be scheduled.
    const scheduler = new Scheduler({ now: () => 0, later: () => {} });
    this.#screen = new Screen({ ...size, scrollback: SCROLLBACK_LINES, scheduler });
  }

  /** Takes the next event; answers the lines that can be told now. */
  push({ code, data }: Pick<CastEvent, "code" | "data">): readonly string[] {
    if (code === "o") this.#output(data);
    if (code === "m" && data.startsWith(MISSING)) this.#told.push(`[${data}]`);
    const size = code === "r" ? decodeSize(data) : null;
    if (size) {
      this.#screen.resize(size.cols, size.rows);
      this.#tellScrolled();
    }
    return this.#told.splice(0);
  }

  /** What is on the screen at last. */
  end(): readonly string[] {
    this.#tellScrolled();
    this.#tellScreen();
    return this.#told.splice(0);
  }

  #output(text: string): void {
    for (const part of text.split(LEAVES_FULL_SCREEN)) {
      if (LEAVES_FULL_SCREEN.test(part) && this.#screen.modes().alternateScreen) this.#tellScreen();
      const bytes = textToBytes(part);
      for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
        this.#parse(bytes.subarray(at, at + SLICE_BYTES));
        this.#tellScrolled();
      }
    }
  }

  #parse(bytes: Uint8Array): void {
    this.#screen.write(bytes);
    while (this.#screen.pending > 0) this.#screen.parse(SLICE_BYTES);
  }

  #tellScrolled(): void {
    const screen = this.#screen;
    const end = screen.scrollbackLength;
    // A program may have erased it.
    for (let index = Math.min(this.#toldLines, end); index < end; index++) this.#tell(index);
    this.#toldLines = end;
    // In the middle of a sequence ours would be taken for a part of it.
    if (end === 0 || !screen.settled) return;
    this.#parse(ERASE_SCROLLBACK);
    this.#toldLines = 0;
  }

  #tellScreen(): void {
    const top = this.#screen.scrollbackLength;
    let end = top + this.#screen.rows;
    while (end > top && lineText(this.#screen.line(end - 1)) === "") end--;
    for (let index = top; index < end; index++) this.#tell(index);
    if (this.#begun !== "") this.#told.push(this.#begun);
    this.#begun = "";
  }

  #tell(index: number): void {
    const line = this.#screen.line(index);
    if (this.#screen.line(index + 1)?.wrapped) {
      this.#begun += continuedText(line);
    } else {
      this.#told.push(this.#begun + lineText(line));
      this.#begun = "";
    }
  }
}
