/** The terminal's report in the scratchpad: one tick line per task, changed in place. */
import type { Assignment } from "../engine/agents/agent.ts";
import type { TickState } from "../plan/report-types.ts";
import { readIfThere, writeWhole } from "./files.ts";

const MARKS: Readonly<Record<TickState, string>> = { open: " ", done: "x", doing: "~", blocked: "!" };
const LINE = /^- \[([ x~!])\] (\d+) ?(.*)$/;

type Facts = Pick<Assignment, "marathon" | "title" | "terminal" | "label" | "role" | "reportFile">;

interface Entry {
  readonly state: TickState;
  readonly text: string;
}

export class ReportFile {
  readonly #facts: Facts;
  readonly #entries = new Map<number, Entry>();

  /** Takes up the report that an earlier stand-in of this marathon left; one of another marathon is begun anew. */
  constructor(facts: Facts) {
    this.#facts = facts;
    const text = readIfThere(facts.reportFile);
    if (text === null || !text.includes(this.#mark)) return;
    for (const line of text.split("\n")) {
      const [, mark, number, rest] = LINE.exec(line) ?? [];
      const state = (Object.keys(MARKS) as TickState[]).find((one) => MARKS[one] === mark);
      if (state !== undefined) this.#entries.set(Number(number), { state, text: rest ?? "" });
    }
  }

  stateOf(task: number): TickState | null {
    return this.#entries.get(task)?.state ?? null;
  }

  /** `text` is the title; for a blocked task it ends with " - " and the reason. */
  tick(task: number, state: TickState, text: string): void {
    this.#entries.set(task, { state, text: text.replaceAll(/\s+/g, " ").trim() });
    this.write();
  }

  /** The task is no longer this terminal's: the report says nothing about it. */
  forget(task: number): void {
    if (this.#entries.delete(task)) this.write();
  }

  /** Writes it again, also when nothing has changed: a watcher that missed the last change sees this one. `closing` is put below the ticks. */
  write(closing: readonly string[] = []): void {
    const { terminal, title, label, role } = this.#facts;
    const ticks = [...this.#entries].map(([task, { state, text }]) => `- [${MARKS[state]}] ${task} ${text}`);
    const who = [label, role].filter((part) => part !== null && part !== "").join(" · ");
    writeWhole(
      this.#facts.reportFile,
      [
        `# Terminal ${terminal}${who === "" ? "" : `: ${who}`}`,
        "",
        `Report of a rehearsal of "${title}". ${this.#mark}`,
        "",
        ...ticks,
        ...closing,
        "",
      ].join("\n"),
    );
  }

  get #mark(): string {
    return `(marathon ${this.#facts.marathon})`;
  }
}
