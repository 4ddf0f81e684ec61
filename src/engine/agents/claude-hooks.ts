/**
 * Claude Code's hooks (tried: 2.1.329): events POSTed as JSON. A hook that is not answered in its time, or by nobody, is left
 * behind and the agent goes on; SessionStart never comes by HTTP, and says nothing that the others do not.
 */

import type { HookAddress } from "./agent.ts";

/** What is told at once, and answered at once: a stopped engine must not hold an agent up for longer, s. */
const PROMPT_S = 2;
/** A permission waits for a person, with the agent's own dialog on its screen all the while, s. */
const PERSON_S = 24 * 60 * 60;

const EVENTS: Readonly<Record<string, number>> = {
  UserPromptSubmit: PROMPT_S,
  PreToolUse: PROMPT_S,
  PostToolUse: PROMPT_S,
  PermissionRequest: PERSON_S,
  Notification: PROMPT_S,
  SubagentStart: PROMPT_S,
  SubagentStop: PROMPT_S,
  Stop: PROMPT_S,
  StopFailure: PROMPT_S,
  SessionEnd: PROMPT_S,
};

/** The settings' key "hooks"; they are merged with the user's own. */
export function claudeHooks({ url, token }: HookAddress): Readonly<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${token}` };
  return Object.fromEntries(
    Object.entries(EVENTS).map(([event, timeout]) => [
      event,
      [{ hooks: [{ type: "http", url, headers, timeout, onFailure: "continue" }] }],
    ]),
  );
}
