/** The look in which the person's terminal writes at the moment, and the sequences that change it. */
import { type Extra, NO_EXTRA } from "../../protocol/cells.ts";
import type { ColorDepth } from "../../protocol/colors.ts";
import { DEFAULT_STYLE, sgrTransition, type Style, styleOf } from "../../protocol/sgr.ts";

interface KnownStyle extends Style {
  readonly id: number;
}

/** More styles at a time means a picture in true colour; then the caches start again. */
const MAX_STYLES = 4096;

export class Pen {
  #depth: ColorDepth;
  readonly #links: boolean;
  /** By fg, then bg; and those with an extra by all parts. */
  #styles = new Map<number, Map<number, KnownStyle>>();
  #extraStyles = new Map<string, KnownStyle>();
  #transitions = new Map<number, string>();
  #count = 0;
  #now: KnownStyle = this.#add(DEFAULT_STYLE);
  /** Parameters and target of the link that is open: "id=1a;https://…". */
  #link = "";
  // The words of the last cell, to leave early in a run of equal looks.
  #fg = 0;
  #bg = 0;

  constructor(options: { readonly depth: ColorDepth; readonly links: boolean }) {
    this.#depth = options.depth;
    this.#links = options.links;
  }

  /** The sequence to write before a cell with these words. */
  to(fg: number, bg: number, extra: Extra): string {
    if (extra === NO_EXTRA && this.#link === "" && fg === this.#fg && bg === this.#bg) return "";
    this.#fg = extra === NO_EXTRA ? fg : -1;
    this.#bg = bg;
    const link = this.#links && extra.link !== "" ? linkOf(extra) : "";
    const linkSequence = link === this.#link ? "" : link === "" ? NO_LINK : `\x1b]8;${link}\x1b\\`;
    this.#link = link;
    return linkSequence + this.#change(this.#style(fg, bg, extra));
  }

  /** Whether a cell with these words needs no change. */
  isAt(fg: number, bg: number, extra: Extra): boolean {
    return extra === NO_EXTRA && this.#link === "" && fg === this.#fg && bg === this.#bg;
  }

  /** What must be written so that text written next belongs to no link. */
  closeLink(): string {
    const sequence = this.#link === "" ? "" : NO_LINK;
    this.#link = "";
    this.#fg = -1;
    return sequence;
  }

  /** Colours for a terminal that shows more or fewer than was thought. Then, true, everything is to be drawn again. */
  setDepth(depth: ColorDepth): boolean {
    if (depth === this.#depth) return false;
    this.#depth = depth;
    this.#forget();
    return true;
  }

  /** Puts the terminal into the default look whatever it was. */
  reset(): string {
    this.#now = this.#add(DEFAULT_STYLE);
    this.#fg = this.#bg = 0;
    return this.closeLink() + "\x1b[m";
  }

  #change(style: KnownStyle): string {
    const from = this.#now;
    if (from === style) return "";
    this.#now = style;
    const key = from.id * 2 * MAX_STYLES + style.id;
    const known = this.#transitions.get(key);
    if (known !== undefined) return known;
    const sequence = sgrTransition(from, style);
    this.#transitions.set(key, sequence);
    if (this.#transitions.size > 4 * MAX_STYLES) this.#transitions.clear();
    return sequence;
  }

  #style(fg: number, bg: number, extra: Extra): KnownStyle {
    if (extra.underline === 0 && extra.underlineColor === 0) {
      const known = this.#styles.get(fg)?.get(bg);
      if (known) return known;
    }
    const style = styleOf(fg, bg, extra, this.#depth);
    const key = `${style.fg} ${style.bg} ${style.underline} ${style.underlineColor}`;
    const known = this.#extraStyles.get(key) ?? this.#add(style);
    this.#extraStyles.set(key, known);
    if (extra.underline !== 0 || extra.underlineColor !== 0) return known;
    const byBg = this.#styles.get(fg) ?? new Map<number, KnownStyle>();
    byBg.set(bg, known);
    this.#styles.set(fg, byBg);
    return known;
  }

  #add(style: Style): KnownStyle {
    if (this.#count >= MAX_STYLES) this.#forget();
    return { ...style, id: this.#count++ };
  }

  #forget(): void {
    this.#styles = new Map();
    this.#extraStyles = new Map();
    this.#transitions = new Map();
    this.#now = { ...this.#now, id: 0 };
    this.#count = 1;
  }
}

const NO_LINK = "\x1b]8;;\x1b\\";

/** What stands between `OSC 8 ;` and its end: our own id, so that the rows of a wrapped link light up as one, and the target. */
function linkOf({ link, linkId }: Extra): string {
  const target = safeTarget(link);
  if (target === "") return "";
  return linkId === 0 ? `;${target}` : `id=${linkId.toString(36)};${target}`;
}

/**
 * A link target that a person may be offered: a web, mail or file address. A program wrote it, so only printable ASCII goes
 * on as it is: anything else could end the sequence early, or start what nobody asked for.
 */
function safeTarget(link: string): string {
  if (!/^(?:https?|ftp|mailto|file):[^\p{Cc}\p{Cs}]{1,2048}$/iu.test(link)) return "";
  return link.replace(/[^\u0021-\u007e]/gu, encodeURIComponent);
}
