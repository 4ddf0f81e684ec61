/** A terminal's watch with the rules of an agent, on a clock of its own, told by the test what its program says and shows. */
import { StateWatch } from "../../src/engine/state-watch.ts";
import type { AskingKind, Fact, TerminalStateName } from "../../src/marathon/types.ts";
import { knownRules } from "../../src/screen/known-rules.ts";
import type { StatusReport } from "../../src/screen/status-report.ts";

export function watching(agent: string) {
  let now = 0;
  let screen: readonly string[] = [];
  let changedAt = 0;
  const facts: Fact[] = [];
  const watch = new StateWatch(1, {
    prompts: [],
    rules: () => knownRules(agent),
    tell: (fact) => void (fact.type === "terminal-state" && facts.push(fact)),
    wall: () => now,
  });
  watch.started({ state: "busy", kind: null, source: "process", evidence: agent }, { pid: 1, pidStart: 1 });
  return {
    watch,
    facts,
    told: () => facts.map((fact) => (fact.type === "terminal-state" ? `${fact.state} ${fact.source}` : "")).slice(1),
    last: () => watch.last,
    title: (title: string) => watch.heard({ kind: "title", title }),
    reports: (state: StatusReport["state"], message: string | null = null) =>
      watch.heard({ kind: "status", report: { id: "", state, kind: null, progress: null, title: null, message } }),
    lists: (state: TerminalStateName, at: number, kind: AskingKind | null = null) =>
      watch.listed({ state, kind, source: `claude-agents:${state}`, evidence: `claude agents: ${state}`, at }),
    hooked: (state: TerminalStateName) => watch.hooked({ state, kind: null, source: "hook:PreToolUse", evidence: "Bash" }),
    notifies: (text: string) => watch.heard({ kind: "notice", notice: { kind: "notification", source: "osc-9", title: "", text } }),
    shows: (...lines: readonly string[]) => {
      screen = lines;
      changedAt = now;
    },
    passes: (ms: number) => {
      for (const end = now + ms; now < end; ) {
        now += 100;
        watch.look({ quietMs: now - changedAt, prompt: null, reading: null, settled: true, lines: () => screen });
      }
    },
  };
}
