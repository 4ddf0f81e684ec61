/**
 * What an agent's hook tells, read out of its JSON. Whoever knows the token may send anything: unknown events and shapes are
 * nothing, texts are cut and lose what cannot be seen, and no field is believed to be there.
 */
import { toolUse, type ToolUse } from "../../marathon/tool-use.ts";
import { plainText } from "../../screen/plain-text.ts";

export type HookEvent = HookBasics & HookKind;

export interface HookBasics {
  /** Its name in the agent's words: "PreToolUse". */
  readonly name: string;
  /** The conversation that it came from; null when none of a believable form is named. */
  readonly conversation: string | null;
  /** The sub-agent that it is about; null for the agent itself. */
  readonly agent: { readonly id: string; readonly type: string | null } | null;
}

type HookKind =
  /** Something was said to the agent, and it goes to work. */
  | { readonly kind: "prompt"; readonly text: string }
  | { readonly kind: "tool"; readonly phase: "before" | "after"; readonly use: ToolUse; readonly started: StartedAgent | null }
  | { readonly kind: "permission"; readonly use: ToolUse; readonly details: readonly string[]; readonly suggestions: readonly Suggestion[] }
  | { readonly kind: "notification"; readonly what: string; readonly text: string }
  | { readonly kind: "agent"; readonly phase: "start" | "stop" }
  /** Its turn is over. `again`: it had gone on because of an answer to the stop before. `background`: what goes on without it. */
  | { readonly kind: "stop"; readonly again: boolean; readonly said: string; readonly background: number }
  | { readonly kind: "failure"; readonly error: string; readonly text: string }
  /** A conversation begins: of a new program, or of the same one when `source` says so ("clear", "resume"). */
  | { readonly kind: "begin"; readonly source: string }
  | { readonly kind: "end"; readonly reason: string };

/** A sub-agent that a tool has started. */
export interface StartedAgent {
  readonly id: string;
  readonly title: string | null;
  readonly type: string | null;
  readonly model: string | null;
}

/** A wider permission that the agent offers beside "once": given back to it as it came. */
export interface Suggestion {
  readonly words: string;
  readonly update: Readonly<Record<string, unknown>>;
}

/** Ids of conversations and sub-agents: of every agent that was tried they are letters, digits and hyphens. */
const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/u;
const TEXT = 600;
const MOST_DETAILS = 12;
const MOST_SUGGESTIONS = 4;

type Given = Readonly<Record<string, unknown>>;

/** The event; null for one that says nothing to us, or is none. */
export function readHookEvent(payload: unknown): HookEvent | null {
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return null;
  const given = payload as Given;
  const name = text(given["hook_event_name"], 40);
  // "constructor" is no event, although every object has one.
  const kind = Object.hasOwn(READERS, name) ? READERS[name]?.(given) : null;
  if (!kind) return null;
  const agent = idOf(given["agent_id"]);
  const conversation = idOf(given["session_id"]);
  return { name, conversation, agent: agent === null ? null : { id: agent, type: idOf(given["agent_type"]) }, ...kind };
}

const READERS: Readonly<Record<string, (given: Given) => HookKind | null>> = {
  SessionStart: (given) => ({ kind: "begin", source: text(given["source"], 40) }),
  UserPromptSubmit: (given) => ({ kind: "prompt", text: text(given["prompt"]) }),
  PreToolUse: (given) => tool(given, "before"),
  PostToolUse: (given) => tool(given, "after"),
  PostToolUseFailure: (given) => tool(given, "after"),
  PermissionRequest: permission,
  Notification: (given) => ({ kind: "notification", what: text(given["notification_type"], 40), text: text(given["message"]) }),
  SubagentStart: () => ({ kind: "agent", phase: "start" }),
  SubagentStop: () => ({ kind: "agent", phase: "stop" }),
  Stop: (given) => ({
    kind: "stop",
    again: given["stop_hook_active"] === true,
    said: text(given["last_assistant_message"]),
    background: Array.isArray(given["background_tasks"]) ? given["background_tasks"].filter(runs).length : 0,
  }),
  StopFailure: (given) => ({
    kind: "failure",
    error: text(given["error"], 60),
    text: text(given["error_details"] ?? given["last_assistant_message"]),
  }),
  SessionEnd: (given) => ({ kind: "end", reason: text(given["reason"], 60) }),
  // A person broke its turn off: what it did before is over.
  Interrupt: () => ({ kind: "end", reason: "interrupted" }),
};

function tool(given: Given, phase: "before" | "after"): HookKind | null {
  const name = text(given["tool_name"], 120);
  if (name === "") return null;
  const response = objectOf(given["tool_response"]);
  const input = objectOf(given["tool_input"]);
  const id = idOf(response["agentId"]);
  const model = text(response["resolvedModel"], 80) || null;
  const started = id === null ? null : { id, title: text(input["description"], 120) || null, type: idOf(input["subagent_type"]), model };
  return { kind: "tool", phase, use: toolUse(name, input), started };
}

function permission(given: Given): HookKind | null {
  const name = text(given["tool_name"], 120);
  if (name === "") return null;
  const input = objectOf(given["tool_input"]);
  const suggestions = Array.isArray(given["permission_suggestions"]) ? given["permission_suggestions"] : [];
  return {
    kind: "permission",
    use: toolUse(name, input),
    details: detailsOf(input),
    suggestions: suggestions.flatMap((one) => suggestionOf(objectOf(one)) ?? []).slice(0, MOST_SUGGESTIONS),
  };
}

/** The tool's arguments, a line each: what a person must see before saying yes. */
function detailsOf(input: Given): readonly string[] {
  return Object.entries(input)
    .map(([name, value]) => `${plainText(name, 40)}: ${text(typeof value === "string" ? value : JSON.stringify(value), TEXT)}`)
    .slice(0, MOST_DETAILS);
}

/** Only what lasts for this conversation, at most, and that we can put into words: nobody answers what cannot be read. */
function suggestionOf(update: Given): Suggestion | null {
  if (update["destination"] !== "session") return null;
  const mode = text(update["mode"], 40);
  if (update["type"] === "setMode" && mode === "acceptEdits")
    return { words: "Yes, and edits of files without asking from now on", update };
  const folders = stringsOf(update["directories"]);
  if (update["type"] === "addDirectories" && folders.length > 0) return { words: `Yes, and from now on in ${folders.join(", ")}`, update };
  const rules = Array.isArray(update["rules"]) ? update["rules"].map(objectOf) : [];
  const named = rules.map((rule) => `${text(rule["toolName"], 60)}${rule["ruleContent"] ? `(${text(rule["ruleContent"], 120)})` : ""}`);
  if (update["type"] === "addRules" && update["behavior"] === "allow" && named.length > 0)
    return { words: `Yes, and from now on ${named.join(", ")}`, update };
  return null;
}

function runs(task: unknown): boolean {
  return objectOf(task)["status"] === "running";
}

function objectOf(value: unknown): Given {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Given) : {};
}

function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.flatMap((one) => (typeof one === "string" ? [plainText(one, 200)] : [])) : [];
}

function idOf(value: unknown): string | null {
  return typeof value === "string" && ID.test(value) ? value : null;
}

function text(value: unknown, most = TEXT): string {
  return typeof value === "string" ? plainText(value, most) : "";
}

/** A text as an event has it that quotes it. */
export function quotedByHook(words: string): string {
  return text(words);
}
