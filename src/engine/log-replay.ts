/** A terminal's whole recording as one cast: the header of its oldest part, then the events of all parts. */
import { decodeEvent, decodeHeader, type CastEvent, type CastHeader } from "../screen/asciicast.ts";
import { linesOf, recordedParts } from "./log-reader.ts";

export type Replayed = { readonly kind: "header"; readonly header: CastHeader } | { readonly kind: "event"; readonly event: CastEvent };

/**
 * Times count from the first header. Lines that are cut are passed over. At the end of what there is `goesOn` is asked whether
 * to look for more.
 */
export async function* replay(
  folder: string,
  terminal: number,
  goesOn: () => Promise<boolean> = () => Promise.resolve(false),
): AsyncGenerator<Replayed> {
  const joint = new Joint();
  for (let last = 0; ; ) {
    const next = (await recordedParts(folder, terminal)).find(({ number }) => number > last);
    if (!next) {
      if (last === 0 && (await goesOn())) continue;
      return;
    }
    let over = false;
    const more = async (): Promise<boolean> => {
      if (over) return false;
      // What was written between the last read and the next part's beginning is still to be read.
      over = (await recordedParts(folder, terminal)).some(({ number }) => number > next.number);
      return over || goesOn();
    };
    const follows = last > 0 && next.number === last + 1;
    for await (const line of linesOf(next.path, 0, more)) yield* joint.take(line, follows);
    last = next.number;
  }
}

/** Where parts are put together. */
class Joint {
  /** When the first part began, seconds since the epoch. */
  #start: number | null = null;
  #offset = 0;
  #time = 0;
  #size = "";

  *take(line: string, follows: boolean): Generator<Replayed> {
    const header = line.startsWith("{") ? decodeHeader(line) : null;
    if (header) return yield* this.#part(header, follows);
    const event = decodeEvent(line);
    // Places and screens are for engines that take over.
    if (event === null || this.#start === null || event.code === "p" || event.code === "s") return;
    if (event.code === "r") this.#size = event.data;
    yield this.#event(event);
  }

  *#part(header: CastHeader, follows: boolean): Generator<Replayed> {
    const size = `${header.width}x${header.height}`;
    if (this.#start === null) {
      this.#start = header.timestamp;
      yield { kind: "header", header };
    } else if (size !== this.#size) {
      yield this.#event({ time: 0, code: "r", data: size });
    }
    this.#size = size;
    this.#offset = header.timestamp - this.#start;
    // Of a part whose predecessor is not there any more, nobody has seen what it builds on.
    if (!follows && header.begins !== "") yield this.#event({ time: 0, code: "o", data: header.begins });
  }

  #event({ time, code, data }: CastEvent): Replayed {
    this.#time = Math.max(this.#time, time + this.#offset);
    return { kind: "event", event: { time: this.#time, code, data } };
  }
}
