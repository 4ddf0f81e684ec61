/**
 * Chance that can be repeated: the same seed and the same words give the same numbers, on every machine.
 * Generator: mulberry32 (Tommy Ettinger, public domain), 32 bits of state; seeded by FNV-1a over the words.
 */
export class Random {
  #state: number;

  /** `words` name what the numbers are for, such as seed, terminal, task, purpose: each purpose has a sequence of its own. */
  constructor(...words: readonly (string | number)[]) {
    this.#state = hash(words.join("/"));
  }

  /** At least 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let x = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** At least `low`, below `high`. */
  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  pick<T>(items: readonly [T, ...T[]] | readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new Error("cannot pick from an empty list");
    return item;
  }

  /** Log-normal with median 1: as often twice as long as half as long. `spread` is the sigma of the logarithm. */
  logNormal(spread: number): number {
    // Box-Muller; 1 - next() is never 0, so the logarithm is finite.
    const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
    return Math.exp(spread * normal);
  }
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}
