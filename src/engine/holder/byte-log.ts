/** The newest output of a program by its place in the whole, and the sizes that it was written for. */
import type { PtySize } from "../pty.ts";

interface Block {
  readonly at: number;
  readonly bytes: Buffer;
}

export interface SizeMark {
  /** What comes from this place on was written for this size. */
  readonly at: number;
  readonly size: PtySize;
}

/** Kept in pieces of so many bytes, which are freed whole. */
const BLOCK_BYTES = 64 * 1024;

export class ByteLog {
  #blocks: Block[] = [];
  #end = 0;
  /** Never empty: the first is the size at the oldest byte that is kept. */
  #marks: SizeMark[];

  constructor(size: PtySize) {
    this.#marks = [{ at: 0, size }];
  }

  /** The oldest place that is still kept. */
  get start(): number {
    return this.#blocks[0]?.at ?? this.#end;
  }

  get end(): number {
    return this.#end;
  }

  get size(): PtySize {
    return (this.#marks.at(-1) as SizeMark).size;
  }

  append(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) {
      let block = this.#blocks.at(-1);
      let filled = block ? this.#end - block.at : 0;
      if (!block || filled === block.bytes.length) {
        block = { at: this.#end, bytes: Buffer.allocUnsafeSlow(BLOCK_BYTES) };
        filled = 0;
        this.#blocks.push(block);
      }
      const some = bytes.subarray(from, from + block.bytes.length - filled);
      block.bytes.set(some, filled);
      from += some.length;
      this.#end += some.length;
    }
  }

  /** A new size from `at` on, as far as that is a place that there is. */
  resized(size: PtySize, at: number): void {
    const place = Math.min(this.#end, Math.max(at, (this.#marks.at(-1) as SizeMark).at));
    if (this.#marks.at(-1)?.at === place) this.#marks.pop();
    this.#marks.push({ at: place, size });
  }

  /** The bytes at a place, in one piece: as many as the block has, none at the end. They stay as they are. */
  from(place: number): Uint8Array {
    const block = this.#blocks.findLast((one) => one.at <= place);
    return block ? block.bytes.subarray(place - block.at, Math.min(block.bytes.length, this.#end - block.at)) : new Uint8Array(0);
  }

  /** The size that what stands at a place was written for. */
  sizeAt(place: number): PtySize {
    return (this.#marks.findLast((mark) => mark.at <= place) ?? (this.#marks[0] as SizeMark)).size;
  }

  /** The next change of size behind a place. */
  nextSize(place: number): SizeMark | null {
    return this.#marks.find((mark) => mark.at > place) ?? null;
  }

  /** Frees blocks that end before this place. */
  forget(before: number): void {
    while (this.#blocks.length > 1 && (this.#blocks[1] as Block).at <= before) this.#blocks.shift();
    while (this.#marks.length > 1 && (this.#marks[1] as SizeMark).at <= this.start) this.#marks.shift();
  }
}
