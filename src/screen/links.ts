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
/** Longer ids are cut; VTE takes no more either. */
const MAX_ID = 250;

/** The number of the link that was seen last in any terminal: panes stand side by side in one terminal of the person. */
let last = 0;

export class Links {
  readonly #targets = new Map<number, { readonly target: string; readonly key: string }>();
  /** By target and the program's own id: pieces of a link that is cut into several have both in common. */
  readonly #numbers = new Map<string, number>();

  constructor({ parser }: Terminal, core: InnerCore) {
    parser.registerOscHandler(8, (data) => {
      const separator = data.indexOf(";");
      if (separator < 0) return true;
      const pen = core._inputHandler._curAttrData;
      const number = this.#number(data.slice(separator + 1), idOf(data.slice(0, separator)));
      // Cells share the object that was the pen's when they were written. Even where the number is the same, the pen may have
      // lost its mark of having one: restoring the cursor takes it away.
      pen.extended = pen.extended.clone();
      pen.extended.urlId = number;
      pen.updateExtended();
      return true;
    });
  }

  /** "" for 0, which is no link, and for one that was forgotten. */
  target(number: number): string {
    return this.#targets.get(number)?.target ?? "";
  }

  #number(target: string, id: string): number {
    if (target === "" || target.length > MAX_TARGET) return 0;
    const key = `${id}\n${target}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const [oldest] = this.#targets;
    if (this.#targets.size >= MAX_LINKS && oldest) {
      this.#targets.delete(oldest[0]);
      this.#numbers.delete(oldest[1].key);
    }
    this.#targets.set(++last, { target, key });
    this.#numbers.set(key, last);
    return last;
  }
}

/** The id among a link's parameters, `key=value:key=value`. */
function idOf(parameters: string): string {
  const id = parameters.split(":").find((parameter) => parameter.startsWith("id="));
  return id?.slice(3, 3 + MAX_ID) ?? "";
}
