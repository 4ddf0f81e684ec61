/** The looks of packed cells: each combination once, by a small number. Number 0 is the default look. */
import { Bg, cleanBg, cleanFg } from "../protocol/cells.ts";

/** Extended attributes as the emulator stores them: underline style and colour in one word, and the number of a link. */
export interface ExtendedLook {
  readonly ext: number;
  readonly link: number;
}

/** A slot holds the number of a look in 16 bits; no row has half as many cells. */
const MAX_STYLES = 0x10000;
/** Words of one look in `#words`: fg, bg, ext, link. */
const WORDS = 4;

export class Styles {
  #words = new Uint32Array(8 * WORDS);
  #extended: (ExtendedLook | null)[] = [null];
  /** Open addressing: the number of the look that stands in a slot; 0 is free. */
  #slots = new Uint16Array(16);
  #count = 1;

  /** Another row might bring more looks than there are numbers for. */
  get full(): boolean {
    return this.#count > MAX_STYLES / 2;
  }

  get bytes(): number {
    return this.#words.byteLength + this.#slots.byteLength;
  }

  fg(style: number): number {
    return this.#words[style * WORDS] ?? 0;
  }

  bg(style: number): number {
    return this.#words[style * WORDS + 1] ?? 0;
  }

  /** What stands beside the words of such a cell, or null. */
  extended(style: number): ExtendedLook | null {
    return this.#extended[style] ?? null;
  }

  /** The number of the look of these words, as the emulator has them. */
  number(rawFg: number, rawBg: number, ext: number, link: number): number {
    const fg = cleanFg(rawFg);
    const bg = ext === 0 && link === 0 ? cleanBg(rawBg) : (cleanBg(rawBg) | Bg.extended) >>> 0;
    if ((fg | bg) === 0) return 0;
    const words = this.#words;
    const mask = this.#slots.length - 1;
    let slot = hash(fg, bg, ext, link) & mask;
    for (;;) {
      const style = this.#slots[slot] ?? 0;
      if (style === 0) return this.#add(slot, fg, bg, ext, link);
      const at = style * WORDS;
      if (words[at] === fg && words[at + 1] === bg && words[at + 2] === ext >>> 0 && words[at + 3] === link) return style;
      slot = (slot + 1) & mask;
    }
  }

  /** Gives up what only adding needs. */
  seal(): void {
    this.#words = this.#words.slice(0, this.#count * WORDS);
    this.#slots = new Uint16Array(0);
  }

  #add(slot: number, fg: number, bg: number, ext: number, link: number): number {
    const style = this.#count++;
    if (style * WORDS >= this.#words.length) {
      const words = new Uint32Array(this.#words.length * 2);
      words.set(this.#words);
      this.#words = words;
    }
    this.#words.set([fg, bg, ext, link], style * WORDS);
    this.#extended.push(ext === 0 && link === 0 ? null : { ext: ext >>> 0, link });
    this.#slots[slot] = style;
    if (this.#count * 2 > this.#slots.length) this.#grow();
    return style;
  }

  #grow(): void {
    const slots = new Uint16Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    const words = this.#words;
    for (let style = 1; style < this.#count; style++) {
      const at = style * WORDS;
      let slot = hash(words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0, words[at + 3] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = style;
    }
    this.#slots = slots;
  }
}

/** Multiplicative, so that colours that differ in few bits fall into different slots. */
function hash(fg: number, bg: number, ext: number, link: number): number {
  let mixed = Math.imul(fg, 0x9e3779b1) ^ Math.imul(bg, 0x85ebca77) ^ Math.imul(ext, 0xc2b2ae3d) ^ Math.imul(link, 0x27d4eb2f);
  mixed ^= mixed >>> 15;
  return mixed ^ (mixed >>> 7);
}
