/** Two small heaps without garbage: positions by their order, and codes by their time. */

/** The lowest position first. */
export class IndexHeap {
  readonly #items: number[] = [];

  get size(): number {
    return this.#items.length;
  }

  /** -1 when there is none. */
  get first(): number {
    return this.#items[0] ?? -1;
  }

  clear(): void {
    this.#items.length = 0;
  }

  push(item: number): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = items[up] ?? 0;
      if (parent <= item) break;
      items[at] = parent;
      at = up;
    }
    items[at] = item;
  }

  pop(): number {
    const items = this.#items;
    const top = items[0] ?? -1;
    const item = items.pop();
    if (item === undefined || items.length === 0) return top;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= items.length) break;
      if (down + 1 < items.length && (items[down + 1] ?? 0) < (items[down] ?? 0)) down += 1;
      const child = items[down] ?? 0;
      if (child >= item) break;
      items[at] = child;
      at = down;
    }
    items[at] = item;
    return top;
  }
}

/** The earliest first; of those at one time, the one that came first in no certain order. Few are in it at once. */
export class TimedHeap {
  readonly #times: number[] = [];
  readonly #codes: number[] = [];

  /** Infinity when it is empty. */
  get nextTime(): number {
    return this.#times[0] ?? Number.POSITIVE_INFINITY;
  }

  clear(): void {
    this.#times.length = 0;
    this.#codes.length = 0;
  }

  push(time: number, code: number): void {
    let at = this.#times.length;
    this.#times.push(time);
    this.#codes.push(code);
    while (at > 0) {
      const up = (at - 1) >> 1;
      if ((this.#times[up] ?? 0) <= time) break;
      this.#move(up, at);
      at = up;
    }
    this.#times[at] = time;
    this.#codes[at] = code;
  }

  /** The code of the earliest; 0 when it is empty. */
  pop(): number {
    const top = this.#codes[0] ?? 0;
    const [time, code] = [this.#times.pop(), this.#codes.pop()];
    const size = this.#times.length;
    if (time === undefined || code === undefined || size === 0) return top;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= size) break;
      if (down + 1 < size && (this.#times[down + 1] ?? 0) < (this.#times[down] ?? 0)) down += 1;
      if ((this.#times[down] ?? 0) >= time) break;
      this.#move(down, at);
      at = down;
    }
    this.#times[at] = time;
    this.#codes[at] = code;
    return top;
  }

  #move(from: number, to: number): void {
    this.#times[to] = this.#times[from] ?? 0;
    this.#codes[to] = this.#codes[from] ?? 0;
  }
}
