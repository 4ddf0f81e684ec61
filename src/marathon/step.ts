/** The one reducer: what the state is after an event, and what must then be done. */
import { decide } from "./decide.ts";
import { Draft } from "./draft.ts";
import { consequences } from "./effects.ts";
import { initialState } from "./initial.ts";
import { apply } from "./reduce/index.ts";
import type { Effect, Event, State, StepResult } from "./types.ts";

/**
 * The state after `event`, which shares all that did not change with `state`, and the effects in their order.
 * Pure. Decisions come as `record` effects, and only from events that have no `cause`: all that follows from a fact
 * is decided at once, so the recorded facts themselves decide nothing more, and two facts that arrive together can
 * never give one task to two terminals.
 */
export function step(state: State, event: Event): StepResult {
  const draft = new Draft(state);
  apply(draft, event);
  const next = draft.finish();
  const decided = event.cause === undefined ? decide(state, next, event) : [];
  const effects: Effect[] = [...decided.map((fact): Effect => ({ kind: "record", fact })), ...consequences(state, next, event)];
  return { state: next, effects };
}

/**
 * The state after a journal's events, in order, without deciding anything. With `null` the first event must be
 * `marathon-started`. Throws when there is neither a state nor an event, or when the journal begins otherwise.
 */
export function fold(state: State | null, events: Iterable<Event>): State {
  let draft = state === null ? null : new Draft(state);
  for (const event of events) {
    if (draft) apply(draft, event);
    else draft = new Draft(initialState(event));
  }
  if (!draft) throw new Error("The journal is empty: a marathon that never started cannot be rebuilt. Start it with `marathon run PLAN`.");
  return draft.finish();
}
