/**
 * Views that are asked every second and after every event, and have nothing new to say most of the time. What a view reads of a
 * frame is noted while it reads; as long as all of that is the same, what it said is the same as well, and it is not asked again.
 * This holds because views are functions of the frame alone: they read no clock and keep nothing that others change.
 */
import type { Frame } from "./screen.ts";

type Parts = Readonly<Record<PropertyKey, unknown>>;

/** The parts of a frame of which a view may read some and not others. Everything else, and what lies in these, is noted as a whole. */
const OPENED: ReadonlySet<PropertyKey> = new Set<keyof Frame>(["marathon", "view", "facts"]);
/** Stands for a part that is there and was opened: what was read in it is noted by itself. */
const THERE = Symbol("there");

/** What was read. `part`: in which part of the frame; null: in the frame itself. */
interface Read {
  readonly part: PropertyKey | null;
  readonly name: PropertyKey;
  readonly value: unknown;
}

/** The same view, which is asked only when something differs that it read the last time. */
export function remembered<T>(view: (frame: Frame) => T): (frame: Frame) => T {
  let last: { readonly reads: readonly Read[]; readonly said: T } | null = null;
  return (frame) => {
    const parts = frame as unknown as Parts;
    if (last?.reads.every((read) => Object.is(valueOf(parts, read), read.value)) === true) return last.said;
    const notes = new Notes(parts);
    const said = view(notes.frame as unknown as Frame);
    last = { reads: notes.reads, said };
    return said;
  };
}

function valueOf(frame: Parts, { part, name }: Pick<Read, "part" | "name">): unknown {
  if (part !== null) return (frame[part] as Parts | null)?.[name];
  return OPENED.has(name) && frame[name] !== null ? THERE : frame[name];
}

/** A frame that notes what is read of it. */
class Notes {
  readonly frame: Parts;
  readonly reads: Read[] = [];
  readonly #frame: Parts;
  readonly #opened = new Map<PropertyKey, Parts>();
  readonly #noted = new Set<string>();

  constructor(frame: Parts) {
    this.#frame = frame;
    this.frame = this.#over(frame, null);
  }

  /** The same values, and each one that is read is noted. */
  #over(parts: Parts, part: PropertyKey | null): Parts {
    return new Proxy(parts, {
      get: (_, name) => this.#read(parts, part, name),
      // Who asks whether something is there is told by what was noted of it: what has no value is not there.
      has: (_, name) => this.#read(parts, part, name) !== undefined,
      // Who copies a part has read all of it.
      ownKeys: () => {
        for (const name of Reflect.ownKeys(parts)) this.#read(parts, part, name);
        return Reflect.ownKeys(parts);
      },
    });
  }

  #read(parts: Parts, part: PropertyKey | null, name: PropertyKey): unknown {
    const value = valueOf(this.#frame, { part, name });
    const key = `${String(part)} ${String(name)}`;
    if (!this.#noted.has(key)) this.reads.push({ part, name, value });
    this.#noted.add(key);
    if (value !== THERE) return value;
    const opened = this.#opened.get(name) ?? this.#over(parts[name] as Parts, name);
    this.#opened.set(name, opened);
    return opened;
  }
}
