/** When frames reached the person's terminal: each is one synchronized update (DEC 2026), counted where it ends. */
const END = Buffer.from("\x1b[?2026l");

export interface Frames {
  readonly count: number;
  readonly perSecond: number;
  /** Between the ends of two frames, ms; none while there were not two. */
  readonly gaps: readonly number[];
}

export class FrameWatch {
  readonly #at: number[] = [];
  /** The end of what came before: a mark may come in two pieces. */
  #tail: Buffer = Buffer.alloc(0);

  /** @param at when these bytes came, ms, never earlier than those before */
  take(bytes: Buffer, at: number): void {
    const all = Buffer.concat([this.#tail, bytes]);
    for (let from = all.indexOf(END); from >= 0; from = all.indexOf(END, from + END.length)) this.#at.push(at);
    const last = all.lastIndexOf(END);
    this.#tail = all.subarray(Math.max(0, all.length - END.length + 1, last < 0 ? 0 : last + END.length));
  }

  between(from: number, to: number): Frames {
    const at = this.#at.filter((one) => one >= from && one < to);
    return { count: at.length, perSecond: (at.length / (to - from)) * 1000, gaps: at.slice(1).map((one, index) => one - (at[index] ?? 0)) };
  }

  /** The first frame after this moment; null: there was none yet. */
  after(moment: number): number | null {
    return this.#at.find((one) => one > moment) ?? null;
  }
}
