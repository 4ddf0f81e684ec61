/** How a person wants the terminals laid out: which arrangement, and whether boxes have frames. Chosen by key, by option, remembered. */

/**
 * `grid`: the lists, and as many terminals as have room, in the plan's order. `attention`: the same places, those that need a look
 * in the front ones. `focus`: the terminal in front large, the others in a strip. `wall`: terminals only, a line for each list.
 */
export type Arrangement = "grid" | "focus" | "attention" | "wall";

export interface Look {
  readonly arrangement: Arrangement;
  /** Boxes around panes and lists; else only their title lines and thin lines between them. */
  readonly frames: boolean;
}

/** In the order in which a key goes through them. */
export const arrangements: readonly Arrangement[] = ["grid", "focus", "attention", "wall"];

export const defaultLook: Look = { arrangement: "grid", frames: true };

/** What each one does, for the person who has just chosen it. */
export const arrangementHelp: Readonly<Record<Arrangement, string>> = {
  grid: "as many terminals as have room, beside the lists",
  focus: "the terminal in front large, the others in a strip",
  attention: "those that need a look in the front places",
  wall: "terminals only, a line for each list",
};

const NO_FRAMES = "frameless";
const FRAMES = "framed";

/** "focus", "wall,frameless"; the other way round of {@link readLook}. */
export function lookText(look: Look): string {
  return look.frames ? look.arrangement : `${look.arrangement},${NO_FRAMES}`;
}

/**
 * A look from its words, in any order, separated by commas, spaces or plus signs; what is not said is as in `base`.
 * Answers what is wrong, as a sentence, for a word that is none of them.
 */
export function readLook(text: string, base: Look = defaultLook): Look | { readonly error: string } {
  let look = base;
  const words = text.toLowerCase().match(/[^\s,+]+/gu) ?? [];
  for (const word of words) {
    const arrangement = arrangements.find((one) => one === word);
    if (arrangement !== undefined) look = { ...look, arrangement };
    else if (word === FRAMES || word === NO_FRAMES) look = { ...look, frames: word === FRAMES };
    else return { error: `there is no layout "${word}": choose one of ${arrangements.join(", ")}, with ",${NO_FRAMES}" for no frames` };
  }
  return words.length > 0 ? look : { error: `no layout was named: choose one of ${arrangements.join(", ")}` };
}
