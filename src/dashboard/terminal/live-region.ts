/**
 * One view on its canvas. When the screen changes, what the view says is drawn directly and at once; Ink is asked to lay it out and
 * draw it in its turn where that can tell it anything: the blocks have places that Ink has not laid out before, or the text is one
 * whose cells are Ink's to decide. While a list keeps its shape and only its ages and counts move on, which is nearly always, and
 * when a person zooms in and out, Ink is not asked: a second that passes would cost it a layout of the region, 1 to 3 ms of CPU, for
 * what is a few cells.
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
  /** The last arrangements that Ink was asked to draw, the newest first, no two of one structure. */
  #known: readonly Arrangement[];
  /** What is on the canvas is as Ink would draw it. */
  #settled = true;

  constructor(view: (frame: Frame) => readonly Block[], ground: Ground) {
    this.#ground = ground;
    this.#view = remembered(view);
    const frame = ground.screen.frame();
    this.#blocks = this.#view(frame);
    this.#columns = frame.layout.size.columns;
    this.#newest = this.#forInk = arrange(this.#blocks, this.#columns);
    this.#known = [this.#newest];
  }

  /** What Ink is to draw; another one is told to those who subscribe. */
  readonly arrangement = (): Arrangement => this.#forInk;

  /** Follows the screen. Answers how to stop. */
  readonly subscribe = (changed: () => void): (() => void) => {
    const { screen, turns } = this.#ground;
    const draw = () => {
      this.#forInk = this.#newest;
      this.#settled = true;
      const others = this.#known.filter((one) => !sameStructure(one, this.#forInk));
      this.#known = [this.#forInk, ...others].slice(0, REMEMBERED);
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
    this.#settled = (this.#settled && canvas.isDrawn(this.#forInk) && isLaidOut(this.#newest, before)) || this.#isKnown();
    return !this.#settled;
  }

  /** Whether Ink has laid out the same before, and can only draw it as we do. */
  #isKnown(): boolean {
    return this.#known.some((one) => sameStructure(one, this.#newest)) && this.#newest.parts.every(({ block }) => isUndisputed(block));
  }
}

/** How many arrangements of a region come back: the board's, the zoomed one's, and those beneath an overlay and another view. */
const REMEMBERED = 4;

/** Whether nothing but texts differs from what was there before, and none of those that are new is one that Ink may see otherwise. */
function isLaidOut(now: Arrangement, before: Arrangement): boolean {
  if (!sameStructure(now, before)) return false;
  return now.parts.every(({ block }, index) => block.text === before.parts[index]?.block.text || isUndisputed(block));
}
