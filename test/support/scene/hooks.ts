/** An agent's hooks in a story: posted to the engine's real receiver, at the address that the agent was started with. */
import { expect } from "vitest";
import type { Scene } from "../scene.ts";

export interface HookAnswer {
  readonly decision?: string;
  readonly reason?: string;
  readonly hookSpecificOutput?: { readonly decision?: { readonly behavior?: string; readonly message?: string } };
}

/** The settings that Claude Code in that terminal was started with. */
export function settingsOf(story: Scene, terminal: number): { readonly hooks: Readonly<Record<string, readonly unknown[]>> } {
  const { args } = story.terminal(terminal);
  const text = story.engine.ports.readOwn(args[args.indexOf("--settings") + 1] ?? "");
  expect(text, "the settings file").not.toBeNull();
  return JSON.parse(text ?? "") as ReturnType<typeof settingsOf>;
}

/** Where an event of that name is posted, and with what secret. */
export function addressOf(
  story: Scene,
  terminal: number,
  event: string,
): { readonly url: string; readonly headers: Record<string, string> } {
  const [entry] = settingsOf(story, terminal).hooks[event] ?? [];
  const [found] = (entry as { readonly hooks: readonly { readonly url: string; readonly headers: Record<string, string> }[] }).hooks;
  if (!found) throw new Error(`there is no hook for ${event}`);
  return found;
}

/** Posts an event as the agent in that terminal does; the answer, once there is one. */
export async function hook(
  story: Scene,
  terminal: number,
  event: string,
  payload: Readonly<Record<string, unknown>> = {},
  signal?: AbortSignal,
): Promise<HookAnswer> {
  const { url, headers } = addressOf(story, terminal, event);
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ session_id: "6f1d3e0a-7b1c-4a53-9d58-0a4f7d1c2b3e", ...payload, hook_event_name: event }),
    ...(signal ? { signal } : {}),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as HookAnswer;
}
