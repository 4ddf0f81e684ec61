/** The embedded agent `rehearsal`: a stand-in that behaves like a real agent CLI, so that a plan can be tried before a night is spent on it. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Fact } from "../../marathon/types.ts";
import { AgentError, type Agent, type AgentContext, type AssignedTask, type Exit, type HandOver, type Program } from "./agent.ts";
import { agentEnvironment } from "./agent-environment.ts";
import { failure } from "./evidence.ts";

/** Beside the bundle, one above a bundle split into a folder, and the source itself when nothing is built (Node strips the types). */
const PLACES = ["./rehearsal.js", "../rehearsal.js", "../../rehearsal/main.ts"];

/** Settings of the stand-in that a person or a test may give to the engine; see src/rehearsal/settings.ts. */
const PASSED_ON = ["MARATHON_PEOPLE", "MARATHON_REHEARSAL"] as const;

/**
 * Told its work like any `command` agent, plus `MARATHON_SPEED` and `MARATHON_SEED`. A crash is part of the
 * rehearsal: it stops the task as that of any agent does, until somebody restarts it (the stand-in people, unless there are none).
 */
export const rehearsalAgent: Agent = {
  name: "rehearsal",
  life: "terminal",
  program(context: AgentContext): Program {
    const { speed, seed } = context.assignment;
    const env: Record<string, string> = { ...agentEnvironment(context), MARATHON_SPEED: String(speed), MARATHON_SEED: String(seed ?? 1) };
    for (const name of PASSED_ON) {
      const value = process.env[name];
      if (value !== undefined) env[name] = value;
    }
    return {
      file: process.execPath,
      args: ["--no-warnings", standIn()],
      cwd: context.project,
      env,
      title: `rehearsal of terminal ${context.terminal}`,
    };
  },
  handOver: (): HandOver => ({ kind: "assignment-file" }),
  onExit(exit: Exit, running: AssignedTask | null, tail: readonly string[], context?: AgentContext): readonly Fact[] {
    if (running === null || exit.code === 0) return [];
    const { number, priority } = running;
    const facts = failure(exit, running, tail, "rehearsal");
    return [{ type: "task-blocked", task: number, terminal: context?.terminal ?? null, source: "rehearsal", priority, ...facts }];
  },
  // It reports every state itself.
  screenRules: [],
  // Its input line is there while it works, as with the real ones; in its full-screen view it is not.
  messages: { whileBusy: true, alternateScreen: false, onlyInRead: false, composer: /^> ?(.*)$/u },
};

function standIn(): string {
  for (const place of PLACES) {
    const file = fileURLToPath(new URL(place, import.meta.url));
    if (existsSync(file)) return file;
  }
  throw new AgentError(127, "cannot start the rehearsal: rehearsal.js is missing beside the program. Build it again: npm run build");
}
