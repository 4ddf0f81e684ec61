/** What a hook says of its terminal's state, in the words of the board. */
import type { AskingKind } from "../../marathon/types.ts";
import { inWords } from "../../marathon/tool-use.ts";
import { counted, oneLine } from "../../marathon/words.ts";
import type { Seen } from "../state-watch.ts";
import type { HookEvent } from "./hook-event.ts";

/** Tools that do nothing but ask the person. */
const ASKS: Readonly<Record<string, AskingKind>> = { AskUserQuestion: "question", ExitPlanMode: "permission" };
/** Notices that an agent needs somebody. That of a permission comes seconds after the request itself. */
const NOTIFIES: Readonly<Record<string, AskingKind>> = {
  permission_prompt: "permission",
  agent_needs_input: "question",
  elicitation_dialog: "question",
};
const WHY_FAILED: readonly (readonly [RegExp, AskingKind])[] = [
  [/rate_limit|overloaded|quota|billing|usage/u, "rate-limit"],
  [/auth|oauth|login|credential/u, "auth"],
];

/** `withdrawn`: what hooks said before counts no more; null: this one says nothing of the state. */
export function hookState(event: HookEvent): Seen | "withdrawn" | null {
  const seen = (state: Seen["state"], evidence: string, kind: AskingKind | null = null): Seen => {
    return { state, kind, source: `hook:${event.name}`, evidence: oneLine(evidence, 200) };
  };
  switch (event.kind) {
    case "permission":
      return seen("asking", `may it use ${inWords(event.use)}`, "permission");
    case "notification": {
      const kind = NOTIFIES[event.what];
      if (kind) return seen("asking", event.text || "it needs somebody", kind);
      return event.what === "idle_prompt" ? seen("idle", event.text || "it waits for words") : null;
    }
    case "failure":
      return seen("error", [event.error, event.text].filter((part) => part !== "").join(": ") || "its turn failed", reasonOf(event.error));
    case "end":
      return "withdrawn";
    default:
      // What a sub-agent does says nothing of whoever started it: that one may have ended its turn.
      return event.agent === null ? ofTheAgentItself(event, seen) : null;
  }
}

function ofTheAgentItself(event: HookEvent, seen: (state: Seen["state"], evidence: string, kind?: AskingKind) => Seen): Seen | null {
  if (event.kind === "prompt") return seen("busy", event.text === "" ? "it was told something" : `told: ${event.text}`);
  if (event.kind === "tool") {
    const asks = event.phase === "before" ? ASKS[event.use.tool] : undefined;
    if (asks) return seen("asking", event.use.words === "" ? "it asks" : event.use.words, asks);
    return seen("busy", event.phase === "before" ? inWords(event.use) : `did ${inWords(event.use)}`);
  }
  if (event.kind !== "stop") return null;
  if (event.background > 0) return seen("busy", `its turn is over, and ${counted(event.background, "task")} goes on in the background`);
  return seen("idle", event.said === "" ? "its turn is over" : `its turn is over: ${event.said}`);
}

function reasonOf(error: string): AskingKind | null {
  return WHY_FAILED.find(([words]) => words.test(error))?.[1] ?? null;
}
