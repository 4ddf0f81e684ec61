/** One event about a blocker into a draft. */
import type { BlockerFact } from "../blocker-facts.ts";
import type { Draft } from "../draft.ts";
import type { Event } from "../types.ts";
import {
  blockerDocumented,
  blockerEscalated,
  blockerFellBack,
  blockerIssued,
  blockerLearnt,
  blockerReassigned,
  blockerResumed,
  fallbackEnded,
  fallbackStarted,
} from "./blocker-acts.ts";
import { blockerClosed } from "./blockers.ts";
import { silenceBegan, silenceEnded } from "./silence.ts";
import { blockerUndone } from "./undo.ts";

export type BlockerEvent = Extract<Event, { readonly type: BlockerFact["type"] }>;

export function isBlockerEvent(event: Event): event is BlockerEvent {
  return /^(?:blocker|fallback|silence)-/.test(event.type);
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
    case "blocker-learnt":
      return blockerLearnt(draft, event);
    case "silence-began":
      return silenceBegan(draft, event);
    case "silence-ended":
      return silenceEnded(draft, event);
    case "fallback-started":
      return fallbackStarted(draft, event);
    case "fallback-ended":
      return fallbackEnded(draft, event);
  }
}
