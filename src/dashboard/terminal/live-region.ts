/**
 * One view on its canvas. When the screen changes, what the view says is drawn directly and at once; Ink is asked to lay it out and
 * draw it in its turn where that can tell it anything: the blocks or their places are others, or the text is one whose cells are
 * Ink's to decide. While a list keeps its shape and only its ages and counts move on, which is nearly always, Ink is not asked: a
 * second that passes would cost it a layout of the region, 1 to 3 ms of CPU, for what is a few cells.
 */
import { arrange, type Arrangement, sameStructure } from "../arrange.ts";
import { remembered } from "../remembered.ts";
import type { Frame, Screen } from "../screen.ts";
import { type Block, sameBlocks } from "../views/block.ts";
import type { Canvas } from "./canvas.ts";
import type { InkTurns } from "./ink-turns.ts";
import { isUndisputed } from "./styled-lines.ts";

export interface Ground {
  readonly screen: Pick<Screen, "frame" | "subscribe">;
  readonly canvas: Pick<Canvas, "show" | "expect" | "isDrawn">;
  readonly turns: Pick<InkTurns, "ask" | "forget">;
}

export class LiveRegion {
  readonly #ground: Ground;
  readonly #view: (frame: Frame) => readonly Block[];
  #blocks: readonly Block[];
  #columns: number;
  #newest: Arrangement;
  /** What Ink was last asked to draw. */
  #forInk: Arrangement;

  constructor(view: (frame: Frame) => readonly Block[], ground: Ground) {
    this.#ground = ground;
    this.#view = remembered(view);
    const frame = ground.screen.frame();
    this.#blocks = this.#view(frame);
    this.#columns = frame.layout.size.columns;
    this.#newest = this.#forInk = arrange(this.#blocks, this.#columns);
  }

  /** What Ink is to draw; another one is told to those who subscribe. */
  readonly arrangement = (): Arrangement => this.#forInk;

  /** Follows the screen. Answers how to stop. */
  readonly subscribe = (changed: () => void): (() => void) => {
    const { screen, turns } = this.#ground;
    const draw = () => {
      this.#forInk = this.#newest;
      changed();
    };
    const follow = () => {
      if (this.#follow()) turns.ask(draw);
    };
    const stop = screen.subscribe(follow);
    // What happened before somebody listened.
    follow();
    return () => {
      stop();
      turns.forget(draw);
    };
  };

  /** Shows what the view says now; answers whether that is worth a drawing of Ink's. */
  #follow(): boolean {
    const { screen, canvas } = this.#ground;
    const frame = screen.frame();
    const blocks = this.#view(frame);
    const { columns } = frame.layout.size;
    if (columns === this.#columns && sameBlocks(blocks, this.#blocks)) return false;
    const before = this.#newest;
    this.#blocks = blocks;
    this.#columns = columns;
    this.#newest = arrange(blocks, columns);
    canvas.show(this.#newest);
    return !sameStructure(this.#newest, this.#forInk) || !canvas.isDrawn(this.#forInk) || isDisputed(this.#newest, before);
  }
}

/** Of two arrangements of one structure: whether a text is new whose cells Ink may see otherwise. */
function isDisputed({ parts }: Arrangement, before: Arrangement): boolean {
  return parts.some(({ block }, index) => block.text !== before.parts[index]?.block.text && !isUndisputed(block));
}
