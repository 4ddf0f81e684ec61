/**
 * Plays the recording of an agent through a pane as the engine has it, on a clock that follows the recording: the emulated
 * screen, the rules and the watch are the real ones. What comes out is what the board would have shown, and when.
 */
import { readFileSync } from "node:fs";
import { StateWatch, type Seen } from "../../src/engine/state-watch.ts";
import { knownRules } from "../../src/screen/known-rules.ts";
import { Screen } from "../../src/screen/screen.ts";

/** How often the engine looks at a terminal, ms (engine.ts). */
const LOOK_MS = 500;
/** A recording ends where its person stopped watching: what stands there is looked at for a while longer, ms. */
const AFTER_MS = 15_000;

export interface Shown extends Seen {
  /** Ms since the recording began. */
  readonly at: number;
}

export interface Played {
  readonly shown: readonly Shown[];
  /** Sub-agents that came and went: "a7add85 busy count files". */
  readonly parts: readonly string[];
}

/** `cut`: into which portions the bytes of one event are cut; whole, if it is not given. `looked`: after every look of the engine. */
export async function play(
  file: string,
  agent: string,
  cut: (bytes: Uint8Array) => readonly Uint8Array[] = (all) => [all],
  looked: (screen: Screen, seen: Seen | null) => void = () => {},
): Promise<Played> {
  const [header = "", ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  const { width, height } = JSON.parse(header) as { width: number; height: number };
  let now = 0;
  let changedAt = 0;
  const shown: Shown[] = [];
  const parts: string[] = [];
  const watch = new StateWatch(1, {
    prompts: [],
    rules: () => knownRules(agent),
    tell: (fact) => {
      if (fact.type === "terminal-state") {
        const { state, kind, source, evidence } = fact;
        shown.push({ at: now, state, kind, source, evidence });
      } else if (fact.type === "agent-reported" && fact.agent !== "") parts.push(`${fact.agent} ${fact.state} ${fact.title ?? ""}`.trim());
    },
    wall: () => now,
  });
  const screen = new Screen({
    cols: width,
    rows: height,
    scrollback: 1000,
    now: () => now,
    onSelf: (signal) => watch.heard(signal),
    onStatus: (report) => watch.reported(report),
    onChange: () => {
      changedAt = now;
    },
  });
  watch.started({ state: "busy", kind: null, source: "process", evidence: agent }, { pid: 1, pidStart: 1 });
  let lookAt = LOOK_MS;
  const passTo = (time: number) => {
    for (; lookAt <= time; lookAt += LOOK_MS) {
      now = lookAt;
      const settled = screen.pending === 0 && !screen.synchronized;
      watch.look({ quietMs: now - changedAt, prompt: screen.prompt(), reading: null, settled, lines: () => screen.text() });
      looked(screen, watch.last);
    }
    now = time;
  };
  for (const line of lines) {
    const [time, code, data] = JSON.parse(line) as [number, string, string];
    if (code !== "o") continue;
    passTo(time * 1000);
    for (const portion of cut(Buffer.from(data, "utf8"))) {
      screen.write(portion);
      await new Promise<void>((resolve) => screen.drained(resolve));
    }
  }
  passTo(now + AFTER_MS);
  screen.dispose();
  return { shown, parts };
}

/** One line each, without the moment: what must not depend on chance. */
export function sequence({ shown }: Played): readonly string[] {
  return shown.map(({ state, kind, source, evidence }) => `${state}${kind === null ? "" : `/${kind}`} ${source} | ${evidence ?? ""}`);
}
