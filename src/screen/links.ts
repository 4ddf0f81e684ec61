/**
 * Targets of OSC 8 links. xterm.js follows each link with markers, which makes every later scroll slower by all of them: ten
 * thousand links of one `ls --hyperlink` cost seconds. Here a link is a number in its cells and a target in this table.
 */
import type { Terminal } from "./xterm.ts";
import type { InnerCore } from "./xterm-inner.ts";

/** Links that are remembered; older cells lose their target and keep their text. */
const MAX_LINKS = 10_000;
/** Longer targets are none; browsers take no more either. */
const MAX_TARGET = 2048;

export class Links {
  readonly #targets = new Map<number, string>();
  readonly #numbers = new Map<string, number>();
  #last = 0;

  constructor({ parser }: Terminal, core: InnerCore) {
    parser.registerOscHandler(8, (data) => {
      const pen = core._inputHandler._curAttrData;
      const number = this.#number(data.slice(data.indexOf(";") + 1));
      if (data.includes(";") && number !== pen.extended.urlId) {
        // Cells share the object that was the pen's when they were written.
        pen.extended = pen.extended.clone();
        pen.extended.urlId = number;
        pen.updateExtended();
      }
      return true;
    });
  }

  /** "" for 0, which is no link, and for one that was forgotten. */
  target(number: number): string {
    return this.#targets.get(number) ?? "";
  }

  #number(target: string): number {
    if (target === "" || target.length > MAX_TARGET) return 0;
    const known = this.#numbers.get(target);
    if (known !== undefined) return known;
    const [oldest] = this.#targets;
    if (this.#targets.size >= MAX_LINKS && oldest) {
      this.#targets.delete(oldest[0]);
      this.#numbers.delete(oldest[1]);
    }
    this.#targets.set(++this.#last, target);
    this.#numbers.set(target, this.#last);
    return this.#last;
  }
}
