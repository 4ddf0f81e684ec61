/** What a search asks the engine, and when: while the person types, and again while output goes on. */
import { RequestError } from "../../protocol/client.ts";
import type { SearchAnswer } from "../../protocol/reading.ts";
import type { SearchView } from "../stores/reading.ts";
import { merged, type Found } from "./found.ts";
import { setSearch, type ReadingParts } from "./place.ts";
import type { Origin } from "./walking.ts";

/** Hits of a terminal that are kept: more than anybody walks through. */
const HIT_LIMIT = 5000;
/** While output goes on hits are looked for again this often, ms. */
const REFRESH_MS = 120;
/** Terminals that are not shown tell nothing of their output: they are looked at again this often, ms. */
const POLL_MS = 1000;

/** `fresh`: to another question than the one before. */
export interface Answer {
  readonly fresh: boolean;
  readonly origin: Origin | null;
}

/** Which terminals are searched, the one in front first. */
export function searchedTerminals({ screen, stores }: Pick<ReadingParts, "screen" | "stores">): readonly number[] {
  const { focused, search, copy } = stores.view.getState();
  if (search?.everywhere !== true || copy) return [focused];
  const others = screen.frame().facts?.terminals.map((terminal) => terminal.number) ?? [];
  return [focused, ...others.filter((terminal) => terminal !== focused)];
}

/** Asks the engine, one question at a time: what was typed meanwhile is asked at once when the answer has come. */
export class Questions {
  readonly #parts: ReadingParts;
  readonly #settle: (answer: Answer) => void;
  #origin: Origin | null = null;
  /** What the hits are those of. */
  #answered = "";
  #asking = false;
  #again = false;
  /** Which search it is: answers to one that is over are for nobody. */
  #round = 0;
  #waiting: (() => void)[] = [];
  #cancel: (() => void) | null = null;
  #refreshing = false;
  #ended = true;

  constructor(parts: ReadingParts, settled: (answer: Answer) => void) {
    this.#parts = parts;
    this.#settle = settled;
  }

  get origin(): Origin | null {
    return this.#origin;
  }

  begin(origin: Origin | null): void {
    this.end();
    this.#origin = origin;
    this.#answered = "";
    this.#ended = false;
    this.#later(POLL_MS);
  }

  end(): void {
    this.#ended = true;
    this.#round++;
    this.#waiting = [];
    this.#cancel?.();
    this.#cancel = null;
    this.#refreshing = false;
  }

  /** Calls back once what has been typed so far is answered: the keys after it may come sooner than the answer. */
  whenAnswered(then: () => void): void {
    if (this.#asking) this.#waiting.push(then);
    else then();
  }

  changed(terminal: number): void {
    const { search } = this.#parts.stores.view.getState();
    if (!search || !searchedTerminals(this.#parts).includes(terminal)) return;
    const found = search.found[terminal];
    const era = this.#parts.shown(terminal)?.top?.era;
    // Cut anew, the lines have other numbers: until they are known nothing is highlighted.
    if (found && era !== undefined && found.era !== era) this.ask();
    else this.#later(REFRESH_MS);
  }

  ask(): void {
    const { search } = this.#parts.stores.view.getState();
    if (!search || this.#ended) return;
    if (this.#asking) {
      this.#again = true;
      return;
    }
    const { query, regex, everywhere, terminal: inFront } = search;
    const terminals = searchedTerminals(this.#parts);
    const key = JSON.stringify([query, regex, everywhere ? null : inFront]);
    const round = this.#round;
    const known = key === this.#answered ? search.found : {};
    const from = terminals.map((terminal) => ({ terminal, era: known[terminal]?.era ?? 0, from: known[terminal]?.settled ?? 0 }));
    this.#asking = true;
    this.#parts
      .send({ name: "search", query, regex, limit: HIT_LIMIT, terminals: from })
      .then(
        (answer) => round === this.#round && this.#answer(key, known, answer as SearchAnswer),
        (error: unknown) => round === this.#round && this.#refused(key, error),
      )
      .finally(() => this.#next());
  }

  #next(): void {
    this.#asking = false;
    const again = this.#again;
    this.#again = false;
    if (again) return this.ask();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const then of waiting) then();
  }

  #answer(key: string, known: SearchView["found"], { terminals }: SearchAnswer): void {
    if (this.#again && key !== this.#answered) return;
    const found: Record<number, Found> = {};
    for (const told of terminals) found[told.terminal] = merged(known[told.terminal] ?? null, told, HIT_LIMIT);
    const fresh = key !== this.#answered;
    this.#answered = key;
    setSearch(this.#parts, { found, error: null });
    this.#settle({ fresh, origin: this.#origin });
  }

  #refused(key: string, error: unknown): void {
    this.#answered = key;
    const reason = error instanceof Error ? error.message : String(error);
    const bad = error instanceof RequestError && error.code === "bad-expression";
    setSearch(this.#parts, { found: {}, current: null, error: bad ? `bad expression: ${reason}` : `no search: ${reason}` });
  }

  /** A refresh comes instead of a later look. */
  #later(ms: typeof REFRESH_MS | typeof POLL_MS): void {
    if (this.#ended || this.#refreshing || (this.#cancel && ms === POLL_MS)) return;
    this.#refreshing = ms === REFRESH_MS;
    this.#cancel?.();
    this.#cancel = this.#parts.later(ms, () => {
      this.#cancel = null;
      this.#refreshing = false;
      const { search } = this.#parts.stores.view.getState();
      if (!search) return;
      if (ms === REFRESH_MS || search.everywhere) this.ask();
      this.#later(POLL_MS);
    });
  }
}
