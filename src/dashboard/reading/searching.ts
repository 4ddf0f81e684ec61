/** Search in the terminals: asks the engine while the person types, keeps the hits right while output goes on, goes from hit to hit. */
import type { SearchView } from "../stores/reading.ts";
import { hitCount } from "./found.ts";
import { heightOf, lookoutOf, type ReadingParts, setSearch, topOf } from "./place.ts";
import { Questions } from "./questions.ts";
import { settle, step, type GoTo, type Origin } from "./walking.ts";

export interface SearchActions {
  /** Asks for a text; in a search, for another one. */
  open(): void;
  type(text: string): void;
  edit(change: (query: string) => string): void;
  toggleRegex(): void;
  toggleEverywhere(): void;
  /** To the next hit further back in time (1) or towards now (−1). */
  step(back: 1 | -1): void;
  /** From typing to walking among the hits; from there: stay here and search no more. */
  keep(): void;
  /** Ends the search and gives back what was looked at before it. */
  leave(): void;
}

export interface Searching extends SearchActions {
  /** New rows of a pane have come. */
  paneChanged(terminal: number): void;
  stop(): void;
}

/** `goTo` moves the cursor of a selection there instead of the pane; false when nothing is being selected. */
export function createSearching(parts: ReadingParts, goTo: GoTo): Searching {
  const { view } = parts.stores;
  const questions = new Questions(parts, (answer) => settle(parts, answer, goTo));
  let last = "";
  const change = (wanted: Partial<SearchView>) => {
    setSearch(parts, wanted);
    questions.ask();
  };
  return {
    open() {
      const now = view.getState();
      if (now.search) return setSearch(parts, { typing: true });
      const base = { query: "", regex: false, everywhere: false, error: null, found: {}, current: null };
      view.setState({ search: { ...base, typing: true, back: lookoutOf(now) } });
      questions.begin(originOf(parts));
    },
    type: (text) => change({ query: (view.getState().search?.query ?? "") + text }),
    edit: (edited) => change({ query: edited(view.getState().search?.query ?? "") }),
    toggleRegex: () => change({ regex: view.getState().search?.regex !== true }),
    toggleEverywhere: () => change({ everywhere: view.getState().search?.everywhere !== true }),
    step: (back) => step(parts, back, goTo),
    keep() {
      const { search } = view.getState();
      if (search?.typing === true && search.query === "" && last !== "") return change({ query: last, typing: false });
      if (search?.typing === true) {
        last = search.query;
        return search.query === "" ? leave(parts, questions) : startWalking(parts, goTo);
      }
      stay(parts);
      questions.end();
    },
    leave: () => leave(parts, questions),
    paneChanged: (terminal) => questions.changed(terminal),
    stop: () => questions.end(),
  };
}

function leave({ stores }: ReadingParts, questions: Questions): void {
  questions.end();
  stores.view.setState(({ search, copy }) => (search ? { search: null, ...(copy ? {} : search.back) } : {}));
}

/** The search is over and what it found stays in sight; a pane that shows its newest line follows the output again. */
function stay({ stores, shown }: ReadingParts): void {
  stores.view.setState(({ focused, scroll, copy }) => ({
    search: null,
    ...(copy || shown(focused)?.scroll !== 0 ? {} : { scroll: { ...scroll, [focused]: 0 } }),
  }));
}

/** With no hit in front the first terminal that has one comes there. */
function startWalking(parts: ReadingParts, goTo: GoTo): void {
  const { search } = parts.stores.view.getState();
  if (!search || search.error !== null) return;
  const any = Object.values(search.found).some((found) => hitCount(found) > 0);
  if (!any)
    return parts.stores.view.toast(`"${search.query}" is nowhere ${search.everywhere ? "in any terminal" : "in this terminal"}`, "warn");
  setSearch(parts, { typing: false });
  if (search.current === null) step(parts, 1, goTo);
}

function originOf(parts: ReadingParts): Origin | null {
  const { focused, copy } = parts.stores.view.getState();
  if (copy) return { terminal: copy.terminal, era: copy.era, line: copy.line, x: copy.x - 1 };
  const top = topOf(parts, focused);
  return top && { terminal: focused, era: top.era, line: top.line + heightOf(parts, focused) - 1, x: Number.POSITIVE_INFINITY };
}
