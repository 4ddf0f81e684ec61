/** What agents measure of themselves, gathered for each terminal and told now and then: many readings, few events. */
import { isAbsolute, relative, resolve } from "node:path";
import { filesEdited } from "../../marathon/edited-files.ts";
import type { Fact } from "../../marathon/types.ts";
import { addUsage, type Usage } from "../../marathon/usage.ts";
import { gate, isProjectEdit, leadingRole } from "../../marathon/decision-gate.ts";
import type { State } from "../../marathon/types.ts";
import type { HookEvent } from "./hook-event.ts";
import { MetricsReader } from "./otlp.ts";
import type { MeterNews } from "../agents/coding-cli.ts";
import { readStatusLine, type MeterReading } from "./status-line.ts";

export interface MeterPorts {
  state(): State;
  submit(...facts: readonly Fact[]): void;
  /** Monotonic ms. */
  now(): number;
}

/** At most one event of a kind in so long, of one terminal, ms. What comes between is told with the next. */
const QUIET_MS = 5000;

interface Gathered {
  readonly reader: MetricsReader;
  usage: Usage | undefined;
  usageAt: number;
  /** As last told. */
  meter: string;
  meterAt: number;
  edits: number;
  direct: number;
}

export class Meters {
  readonly #ports: MeterPorts;
  readonly #terminals = new Map<number, Gathered>();

  constructor(ports: MeterPorts) {
    this.#ports = ports;
  }

  /** Metrics of a terminal's agent. */
  measured(terminal: number, payload: unknown): void {
    const gathered = this.#of(terminal);
    const more = gathered.reader.read(payload);
    if (more !== null) this.#used(terminal, gathered, more);
  }

  /** What a terminal's agent was seen to use otherwise. */
  told(terminal: number, { usage, meter }: MeterNews): void {
    const gathered = this.#of(terminal);
    if (usage !== null) this.#used(terminal, gathered, usage);
    this.#stands(terminal, gathered, meter);
  }

  /** What it would tell a status line. */
  status(terminal: number, payload: unknown): void {
    this.#stands(terminal, this.#of(terminal), readStatusLine(payload));
  }

  #used(terminal: number, gathered: Gathered, more: Usage): void {
    gathered.usage = addUsage(gathered.usage, more);
    if (this.#ports.now() - gathered.usageAt >= QUIET_MS) this.#tellUsage(terminal, gathered);
  }

  #stands(terminal: number, gathered: Gathered, reading: MeterReading | null): void {
    const words = JSON.stringify(reading);
    const now = this.#ports.now();
    if (reading === null || words === gathered.meter || now - gathered.meterAt < QUIET_MS) return;
    gathered.meter = words;
    gathered.meterAt = now;
    this.#ports.submit({ type: "meter-read", terminal, ...reading });
  }

  /** A tool that was used: who leads should not do it itself, and who edits is counted. */
  heard(number: number, event: HookEvent): void {
    const state = this.#ports.state();
    const terminal = state.terminals[number];
    if (!terminal) return;
    const gathered = this.#of(number);
    if (event.kind === "tool" && event.phase === "before" && event.agent === null) {
      const told = gate(state, terminal, event.use);
      if (told) this.#ports.submit(told);
    }
    if (event.kind === "tool" && event.phase === "after" && isProjectEdit(state, event.use)) {
      gathered.edits++;
      const { path, more = [] } = event.use;
      const names = [...(path === null ? [] : [path]), ...more].map((one) => nameOf(state.project, one));
      const told = filesEdited(state, terminal, names);
      if (told.length > 0) this.#ports.submit(...told);
      if (event.agent === null && leadingRole(state, terminal) !== null) gathered.direct++;
    }
    if (event.kind === "stop" || event.kind === "end" || gathered.edits >= MANY_EDITS) this.#tellEdits(number, gathered);
  }

  /** Everything that is not told yet. */
  flush(terminal?: number): void {
    for (const [number, gathered] of this.#terminals) {
      if (terminal !== undefined && terminal !== number) continue;
      this.#tellUsage(number, gathered);
      this.#tellEdits(number, gathered);
    }
  }

  #tellUsage(terminal: number, gathered: Gathered): void {
    const { usage } = gathered;
    if (usage === undefined) return;
    gathered.usage = undefined;
    gathered.usageAt = this.#ports.now();
    this.#ports.submit({ type: "usage-measured", terminal, ...usage });
  }

  #tellEdits(terminal: number, gathered: Gathered): void {
    const { edits, direct } = gathered;
    if (edits === 0) return;
    gathered.edits = 0;
    gathered.direct = 0;
    this.#ports.submit({ type: "edits-made", terminal, edits, direct });
  }

  #of(terminal: number): Gathered {
    const known = this.#terminals.get(terminal);
    if (known) return known;
    const never = Number.NEGATIVE_INFINITY;
    const fresh = { reader: new MetricsReader(), usage: undefined, usageAt: never, meter: "", meterAt: never, edits: 0, direct: 0 };
    this.#terminals.set(terminal, fresh);
    return fresh;
  }
}

/** One name for a file, however an agent writes it: from the project's folder on, and in full where it lies elsewhere. */
function nameOf(project: string, path: string): string {
  const file = resolve(project, path);
  const name = relative(resolve(project), file);
  return name.startsWith("..") || isAbsolute(name) ? file : name;
}

/** An agent that edits and edits without ending its turn is told of in between. */
const MANY_EDITS = 10;
