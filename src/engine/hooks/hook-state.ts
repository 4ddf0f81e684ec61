/** What a hook says of its terminal's state, in the words of the board. */
import type { AskingKind } from "../../marathon/types.ts";
import { asksPerson, inWords } from "../../marathon/tool-use.ts";
import { counted, oneLine } from "../../marathon/words.ts";
import type { Seen } from "../state-watch.ts";
import type { HookEvent } from "./hook-event.ts";

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
      // Some ask for permission to ask: the dialog that follows is the question itself.
      if (asksPerson(event.use.tool) === "question") return seen("asking", event.use.words || "it asks", "question");
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
    // Before a tool of Qwen Code means after its dialog: the names with a stroke are its own.
    const asks = event.phase === "before" && !event.use.tool.includes("_") ? asksPerson(event.use.tool) : null;
    if (asks) return seen("asking", event.use.words || "it asks", asks === "plan" ? "permission" : "question");
    return seen("busy", event.phase === "before" ? inWords(event.use) : `did ${inWords(event.use)}`);
  }
  if (event.kind !== "stop") return null;
  if (event.background > 0) return seen("busy", `its turn is over, and ${counted(event.background, "task")} goes on in the background`);
  return seen("idle", event.said === "" ? "its turn is over" : `its turn is over: ${event.said}`);
}

function reasonOf(error: string): AskingKind | null {
  return WHY_FAILED.find(([words]) => words.test(error))?.[1] ?? null;
}
