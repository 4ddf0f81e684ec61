/** The marks of all terminals. */
import type { ServerMessage, TerminalMarks } from "../protocol/messages.ts";
import { Marks, type MarkPorts } from "./marks.ts";

export interface MarkBoardPorts extends Pick<MarkPorts, "submit" | "now" | "later"> {
  /** Whether somebody has this terminal in front. */
  looking(terminal: number): boolean;
  tellDashboards(message: ServerMessage): void;
  /** Of the person who came last; false where the plan does not let programs write it. */
  copy(terminal: number, text: string): boolean;
}

export class MarkBoard {
  readonly #ports: MarkBoardPorts;
  readonly #marks = new Map<number, Marks>();

  constructor(ports: MarkBoardPorts) {
    this.#ports = ports;
  }

  /** Of the terminals that have any. */
  get all(): readonly TerminalMarks[] {
    return [...this.#marks.values()].filter((marks) => marks.any).map((marks) => marks.all);
  }

  /** The marks of a terminal, begun when they are asked for first. */
  of(terminal: number): Marks {
    const known = this.#marks.get(terminal);
    if (known) return known;
    const ports = this.#ports;
    const marks = new Marks(terminal, {
      submit: (fact) => ports.submit(fact),
      now: () => ports.now(),
      later: (ms, callback) => ports.later(ms, callback),
      looking: () => ports.looking(terminal),
      tell: (all) => ports.tellDashboards({ type: "marks", ...all }),
      copy: (text) => ports.copy(terminal, text),
      ring: () => ports.tellDashboards({ type: "bell", terminal }),
    });
    this.#marks.set(terminal, marks);
    return marks;
  }

  stop(): void {
    for (const marks of this.#marks.values()) marks.stop();
  }
}
