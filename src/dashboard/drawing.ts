/** What draws around the terminals: nobody at first, ourselves while Ink is being loaded, then Ink. */
import type { Painter } from "./painter.ts";
import type { Screen } from "./screen.ts";
import type { SessionOptions } from "./session-options.ts";
import type { Chrome } from "./terminal/chrome.ts";
import { sketchBlocks } from "./views/sketch.ts";

/** An engine that answers within this time makes a frame that says *attaching* needless, ms. */
const PATIENCE_MS = 150;
/**
 * Loading Ink and its first renders take as long as all before the first frame, and ten programs that start beside it would rather have
 * that time. It waits until they have had their turn, ms, or somebody does something: only then anything may have to be drawn that we do
 * not draw.
 */
const INK_AFTER_MS = 400;
/** Between two looks whether programs are still starting, ms, and how many there are: some never say anything. */
const LOOK_MS = 200;
const MOST_LOOKS = 20;

interface Parts {
  readonly screen: Screen;
  readonly chrome: Chrome;
  readonly painter: Painter;
  readonly render: SessionOptions["render"];
  /** Whether a program that is shown has not said anything yet. */
  readonly starting: () => boolean;
}

export class Drawing {
  readonly #parts: Parts;
  #drawnBy: "nobody" | "us" | "Ink" = "nobody";
  #stopInk: (() => void) | null = null;
  #loading = false;
  #timer: NodeJS.Timeout;
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#timer = setTimeout(() => this.start(), PATIENCE_MS);
  }

  /** Before that a frame would be an empty screen. */
  get begun(): boolean {
    return this.#drawnBy !== "nobody";
  }

  /** There is something to show. */
  start(): void {
    if (this.#drawnBy !== "nobody" || this.#stopped) return;
    this.#drawnBy = "us";
    this.#sketch();
    this.#parts.painter.paintNow();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#mayStartInk(MOST_LOOKS), INK_AFTER_MS);
  }

  /** Regions follow the screen; before there are any, they have to be drawn anew. */
  get followsItself(): boolean {
    return this.#drawnBy === "Ink";
  }

  /** Somebody has done something. */
  hurry(): void {
    if (this.#drawnBy === "us" && !this.#stopped) void this.#startInk();
  }

  /** Something of it has changed. */
  changed(): void {
    if (this.#drawnBy === "us") this.#sketch();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#stopInk?.();
  }

  #sketch(): void {
    this.#parts.chrome.sketch(() => sketchBlocks(this.#parts.screen.frame()));
  }

  #mayStartInk(looks: number): void {
    if (looks > 0 && this.#parts.starting()) this.#timer = setTimeout(() => this.#mayStartInk(looks - 1), LOOK_MS);
    else void this.#startInk();
  }

  async #startInk(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#loading) return;
    this.#loading = true;
    const { screen, chrome, painter, render } = this.#parts;
    this.#stopInk = await render(screen, chrome);
    if (this.#stopped) return this.#stopInk();
    this.#drawnBy = "Ink";
    chrome.sketch(() => []);
    painter.paint();
  }
}
