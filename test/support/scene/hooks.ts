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

/** Where an event of that name is posted. */
export function addressOf(story: Scene, terminal: number, event: string): string {
  const [entry] = settingsOf(story, terminal).hooks[event] ?? [];
  return (entry as { readonly hooks: readonly { readonly url: string }[] }).hooks[0]?.url ?? "";
}

/** Posts an event as the agent in that terminal does; the answer, once there is one. */
export async function hook(
  story: Scene,
  terminal: number,
  event: string,
  payload: Readonly<Record<string, unknown>> = {},
  signal?: AbortSignal,
): Promise<HookAnswer> {
  const response = await fetch(addressOf(story, terminal, event), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ session_id: "6f1d3e0a-7b1c-4a53-9d58-0a4f7d1c2b3e", ...payload, hook_event_name: event }),
    ...(signal ? { signal } : {}),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as HookAnswer;
}
