/** One event about a blocker into a draft. */
import type { BlockerFact } from "../blocker-facts.ts";
import type { Draft } from "../draft.ts";
import type { Event } from "../types.ts";
import {
  blockerDocumented,
  blockerEscalated,
  blockerFellBack,
  blockerIssued,
  blockerReassigned,
  blockerResumed,
  fallbackEnded,
  fallbackStarted,
} from "./blocker-acts.ts";
import { blockerClosed } from "./blockers.ts";
import { blockerUndone } from "./undo.ts";

export type BlockerEvent = Extract<Event, { readonly type: BlockerFact["type"] }>;

export function isBlockerEvent(event: Event): event is BlockerEvent {
  return event.type.startsWith("blocker-") || event.type.startsWith("fallback-");
}

export function blockerEvent(draft: Draft, event: BlockerEvent): void {
  switch (event.type) {
    case "blocker-closed":
      return blockerClosed(draft, event);
    case "blocker-escalated":
      return blockerEscalated(draft, event);
    case "blocker-reassigned":
      return blockerReassigned(draft, event);
    case "blocker-fell-back":
      return blockerFellBack(draft, event);
    case "blocker-resumed":
      return blockerResumed(draft, event);
    case "blocker-undone":
      return blockerUndone(draft, event);
    case "blocker-documented":
      return blockerDocumented(draft, event);
    case "blocker-issued":
      return blockerIssued(draft, event);
    case "fallback-started":
      return fallbackStarted(draft, event);
    case "fallback-ended":
      return fallbackEnded(draft, event);
  }
}
