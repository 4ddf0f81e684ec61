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
export function hook(
  story: Scene,
  terminal: number,
  event: string,
  payload: Readonly<Record<string, unknown>> = {},
  signal?: AbortSignal,
): Promise<HookAnswer> {
  return post(addressOf(story, terminal, event), { event, payload, signal });
}

/** The same for an agent that is told of its address in another way. */
export function hookOf(
  story: Scene,
  terminal: number,
  event: string,
  payload: Readonly<Record<string, unknown>> = {},
): Promise<HookAnswer> {
  const address = story.engine.hooks.address(terminal);
  if (address === null) throw new Error(`nobody listens to terminal ${terminal}`);
  return post({ url: address.url, headers: { authorization: `Bearer ${address.token}` } }, { event, payload, signal: undefined });
}

interface Posted {
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal | undefined;
}

async function post(
  { url, headers }: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
  { event, payload, signal }: Posted,
): Promise<HookAnswer> {
  const response = await fetch(url, {
    method: "POST",
    // An engine that comes back listens at the same address: a connection to the one before would be of no use there.
    headers: { "content-type": "application/json", connection: "close", ...headers },
    body: JSON.stringify({ session_id: "6f1d3e0a-7b1c-4a53-9d58-0a4f7d1c2b3e", ...payload, hook_event_name: event }),
    ...(signal ? { signal } : {}),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as HookAnswer;
}
