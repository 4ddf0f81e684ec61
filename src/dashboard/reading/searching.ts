/** Search in the terminals: asks the engine while the person types, keeps the hits right while output goes on, goes from hit to hit. */
import type { SearchView } from "../stores/reading.ts";
import { hitCount } from "./found.ts";
import { heightOf, lookoutOf, type ReadingParts, screenTopOf, setSearch, topOf } from "./place.ts";
import { Questions } from "./questions.ts";
import { nowhere, settle, step, type GoTo, type Origin } from "./walking.ts";

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
      const asked = { query: "", regex: false, everywhere: false, error: null, found: {}, current: null };
      view.setState({ search: { ...asked, terminal: now.focused, typing: true, back: lookoutOf(now) } });
      questions.begin(originOf(parts));
    },
    type: (text) => change({ query: (view.getState().search?.query ?? "") + text }),
    edit: (edited) => change({ query: edited(view.getState().search?.query ?? "") }),
    toggleRegex: () => change({ regex: view.getState().search?.regex !== true }),
    toggleEverywhere: () => change({ everywhere: view.getState().search?.everywhere !== true }),
    step: (back) => questions.whenAnswered(() => step(parts, back, goTo)),
    keep() {
      const { search } = view.getState();
      if (search?.typing !== true) {
        stay(parts);
        return questions.end();
      }
      // Nothing typed means what was looked for before.
      if (search.query === "") change({ query: last });
      last = view.getState().search?.query ?? "";
      if (last === "") return leave(parts, questions, goTo);
      setSearch(parts, { typing: false });
      questions.whenAnswered(() => startWalking(parts, goTo));
    },
    leave: () => leave(parts, questions, goTo),
    paneChanged: (terminal) => questions.changed(terminal),
    stop: () => questions.end(),
  };
}

function leave({ stores }: ReadingParts, questions: Questions, goTo: GoTo): void {
  const { search, copy } = stores.view.getState();
  const { origin } = questions;
  questions.end();
  if (!search) return;
  // While typing the cursor was only lent to the search.
  if (copy && search.typing && origin) goTo({ ...origin, x: origin.x + 1 });
  stores.view.setState({ search: null, ...(copy ? {} : search.back) });
}

/** The search is over and what it found stays in sight; a pane that shows its newest line follows the output again. */
function stay(parts: ReadingParts): void {
  const { focused, copy } = parts.stores.view.getState();
  const top = topOf(parts, focused);
  const newest = top !== null && top.line >= screenTopOf(parts, focused, top.era);
  parts.stores.view.setState(({ scroll }) => ({ search: null, ...(newest && !copy ? { scroll: { ...scroll, [focused]: 0 } } : {}) }));
}

/** With no hit in front the first terminal that has one comes there. */
function startWalking(parts: ReadingParts, goTo: GoTo): void {
  const { search } = parts.stores.view.getState();
  if (!search) return;
  const any = Object.values(search.found).some((found) => hitCount(found) > 0);
  if (!any) {
    setSearch(parts, { typing: true });
    if (search.error === null) parts.stores.view.toast(nowhere(search), "warn");
  } else if (search.current === null) {
    step(parts, 1, goTo);
  }
}

function originOf(parts: ReadingParts): Origin | null {
  const { focused, copy } = parts.stores.view.getState();
  if (copy) return { terminal: copy.terminal, era: copy.era, line: copy.line, x: copy.x - 1 };
  const top = topOf(parts, focused);
  return top && { terminal: focused, era: top.era, line: top.line + heightOf(parts, focused) - 1, x: Number.POSITIVE_INFINITY };
}
