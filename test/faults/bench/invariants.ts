/**
 * What must hold after every fault (faults.md, 3.1). Each check asks at least two witnesses that do not know of each other: the
 * agents' own files, the journal, the recordings, the process table.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { readJournal } from "../../../src/engine/journal.ts";
import { isAlive } from "../../../src/engine/processes.ts";
import { fold } from "../../../src/marathon/step.ts";
import type { Event } from "../../../src/marathon/types.ts";
import { invariants } from "../../../src/marathon/invariants.ts";
import { decodeEvent } from "../../../src/screen/asciicast.ts";
import type { Json, Workplace } from "../../support/marathon-run.ts";
import type { OuterTerminal } from "../../support/outer-terminal.ts";
import type { Agents } from "./agents.ts";

/** I1: each agent that ever started is alive, or the journal says how it ended; and no terminal has two. */
export async function agentsAreAccountedFor(place: Workplace, agents: Agents): Promise<void> {
  const status = await place.json(["status"]);
  const alive = agents.started().filter((agent) => isAlive(agent));
  const known = new Map<number, number | null>(status.terminals.map((one: Json) => [one.number, one.pid]));
  const terminals = alive.map((agent) => agent.terminal);
  expect(new Set(terminals).size, `two agents in one terminal: ${JSON.stringify(alive)}`).toBe(terminals.length);
  const { stdout } = await place.run(["events", "--json"]);
  const events = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Event);
  for (const { terminal, pid, start } of agents.started()) {
    if (isAlive({ pid, start })) continue;
    const told = events.some(
      (event) =>
        event.type === "engine-lost" ||
        event.type === "engine-stopped" ||
        (event.type === "terminal-exited" && event.terminal === terminal),
    );
    expect(told, `agent ${pid} of terminal ${terminal} is gone and nothing says why; known pid: ${known.get(terminal)}`).toBe(true);
  }
}

/** I2: the recording of a terminal holds what its agent says it printed, byte for byte as the terminal's driver hands it on (ONLCR). */
export async function outputIsKept(place: Workplace, agents: Agents, terminal: number): Promise<void> {
  const { stdout } = await place.run(["log", String(terminal)]);
  const events = stdout
    .trimEnd()
    .split("\n")
    .slice(1)
    .flatMap((line) => decodeEvent(line) ?? []);
  const output = events.filter(({ code }) => code === "o").map(({ data }) => data);
  expect(output.join(""), `the log of terminal ${terminal}`).toBe(agents.sent(terminal).toString().replaceAll("\n", "\r\n"));
}

/** I3: the agent has read exactly what was typed for it, and the others nothing. */
export function inputIsExact(agents: Agents, terminal: number, typed: Uint8Array, others: readonly number[]): void {
  const received = agents.received(terminal);
  expect(received.length, `bytes that terminal ${terminal} got`).toBe(typed.length);
  expect(received.equals(typed), `terminal ${terminal} got what was typed`).toBe(true);
  for (const other of others) expect(agents.received(other).toString("latin1"), `nobody typed into terminal ${other}`).toBe("");
}

/** I4: the journal is whole and gapless, its fold has no contradictions and says what the engine says. */
export async function journalIsWhole(place: Workplace): Promise<void> {
  const status = await place.json(["status"]);
  const { events, dropped } = readJournal(status.journal as string);
  expect(dropped).toBeNull();
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  const state = fold(null, events);
  expect(invariants(state)).toEqual([]);
  const tasks = (all: readonly Json[]) => all.map((task) => [task.number, task.state === "done"]);
  expect(tasks(Object.values(state.tasks))).toEqual(tasks(status.tasks as Json[]));
}

/** I5: nothing that a marathon of this workplace started is left. */
export async function stopsWithoutStrays(place: Workplace): Promise<void> {
  const { engine, journal } = await place.json(["status"]);
  const { code, stdout } = await place.run(["stop"]);
  expect(code).toBe(0);
  const left = place.leftBehind().filter(({ command }) => !/marathon\.js (attach|run)/u.test(command));
  const logs = ["engine.log", "holder.log"].map((name) => endOf(join(dirname(journal as string), name)));
  expect(left, `left behind after stop of ${JSON.stringify(engine)}, which said ${stdout}${logs.join("\n")}`).toEqual([]);
}

/** For whoever has to find out why. */
function endOf(log: string): string {
  return `${log}: ${existsSync(log) ? readFileSync(log, "utf8").slice(-2000) : "none"}`;
}

/** I7: the person's terminal is as it was: no modes, no alternate screen, a cursor. */
export function terminalIsGivenBack(screen: OuterTerminal): void {
  expect(screen.modes()).toEqual({
    alternateScreen: false,
    cursorVisible: true,
    mouse: "none",
    bracketedPaste: false,
    focusEvents: false,
    applicationCursorKeys: false,
    synchronizedOutput: false,
    kittyKeyboard: 0,
    modifyOtherKeys: false,
  });
}

/** I8: what is degraded is told by the status command, and in the event line of this screen. */
export async function isTold(place: Workplace, words: RegExp, screen?: OuterTerminal): Promise<void> {
  if (screen) await screen.waitFor(words);
  const { notices } = await place.json(["status"]);
  expect((notices as Json[]).map(({ text }) => text as string).join("\n")).toMatch(words);
}
