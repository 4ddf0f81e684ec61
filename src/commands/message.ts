/** `marathon message N… TEXT`: hands messages over for delivery and says what became of each. */
import type { Message, State } from "../marathon/types.ts";
import type { EngineClient } from "../protocol/client.ts";
import type { MessageResult } from "../protocol/messages.ts";
import { EXIT, UsageError } from "./exit.ts";
import { withEngine } from "./project.ts";
import { print, printError, printJson } from "./print.ts";

interface MessageOptions {
  readonly project: string;
  readonly json?: boolean;
  /** Seconds to wait for the deliveries; 0: only hand them over. */
  readonly timeout: number;
}

interface Outcome {
  readonly terminal: number;
  readonly message: string | null;
  readonly state: Message["state"] | "refused";
  readonly why: string | null;
}

/** `words`: terminals by number, "all" or "idle", and the text last; "-" reads it from stdin. */
export async function message(words: readonly string[], options: MessageOptions): Promise<number> {
  const text = words.at(-1) ?? "";
  const targets = words.slice(0, -1);
  if (targets.length === 0) throw new UsageError('to whom? marathon message 4 5 "the text", or all, or idle');
  const body = text === "-" ? await stdin() : text;
  const outcomes = await withEngine(options.project, async (client, { state }) => {
    const terminals = terminalsOf(targets, state);
    const answer = (await client.request({ name: "message", terminals, text: body, by: "a person" })) as {
      results: readonly MessageResult[];
    };
    const all = Promise.all(answer.results.map((result) => outcome(client, result, options.timeout * 1000)));
    return all;
  });
  report(outcomes, options.json ?? false);
  if (outcomes.some(({ state }) => state === "refused" || state === "failed" || state === "dropped")) return EXIT.failed;
  return options.timeout > 0 && outcomes.some(({ state }) => state !== "delivered") ? EXIT.timeout : EXIT.ok;
}

function terminalsOf(targets: readonly string[], state: State): readonly number[] {
  const all = Object.values(state.terminals);
  const chosen = targets.flatMap((target) => {
    if (target === "all") return all.map(({ number }) => number);
    if (target === "idle") return all.filter((terminal) => terminal.state === "idle").map(({ number }) => number);
    const number = Number(target);
    if (Number.isSafeInteger(number) && number >= 1 && number <= 10) return [number];
    throw new UsageError(`"${target}" is no terminal: give numbers from 1 to 10, all, or idle, and the text as one last word in quotes`);
  });
  if (chosen.length === 0) throw new UsageError("no terminal is idle: nothing was sent", EXIT.failed);
  return [...new Set(chosen)];
}

async function outcome(client: EngineClient, result: MessageResult, patienceMs: number): Promise<Outcome> {
  const { terminal, message: id } = result;
  if (id === null) return { terminal, message: null, state: "refused", why: result.refused };
  const settled = patienceMs > 0 ? await within(patienceMs, client.request({ name: "message-settled", message: id })) : null;
  const found = (settled ?? (await client.request({ name: "message-state", message: id }))) as Message;
  return { terminal, message: id, state: found.state, why: found.why };
}

function within<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), ms);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function report(outcomes: readonly Outcome[], json: boolean): void {
  if (json) {
    printJson({ schema: 1, messages: outcomes });
    return;
  }
  for (const { terminal, message: id, state, why } of outcomes) {
    const name = `terminal ${terminal}`;
    if (state === "refused") printError(`marathon: ${name}: refused: ${why}\n`);
    else if (state === "delivered") print(`${name}: delivered: ${why}\n`);
    else if (state === "failed") printError(`marathon: ${name}: not delivered: ${why}\n`);
    else if (state === "dropped") printError(`marathon: ${name}: ${why}\n`);
    else print(`${name}: waits (${id}): ${why ?? "it is about to be typed"}\n`);
  }
}

async function stdin(): Promise<string> {
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) text += String(chunk);
  return text;
}
