/** Which stream has edited which file: when a second one edits it too, the merge will hurt, and a person should know while it is early. */
import { resolve } from "node:path";
import { planIndex } from "../../marathon/plan-index.ts";
import type { Fact, State, Terminal } from "../../marathon/types.ts";
import { oneLine } from "../../marathon/words.ts";

/** So many files are remembered; of the first ones it is then forgotten who edited them. */
const MOST_FILES = 10_000;

interface Editor {
  readonly stream: string;
  readonly terminal: number;
}

export class SharedFiles {
  /** Who edited a file first; null: it was told already that several do. */
  readonly #editors = new Map<string, Editor | null>();

  /** A terminal's agent has edited these files. Answers what is to be told: once for each file. */
  edited(state: State, terminal: Terminal, paths: readonly string[]): readonly Fact[] {
    const stream = streamOf(state, terminal);
    if (stream === null) return [];
    return paths.flatMap((path): readonly Fact[] => {
      const file = resolve(state.project, path);
      const before = this.#editors.get(file);
      if (before === null || before?.stream === stream) return [];
      this.#remember(file, before === undefined ? { stream, terminal: terminal.number } : null);
      return before === undefined
        ? []
        : [told(file.slice(resolve(state.project).length + 1), before, { stream, terminal: terminal.number })];
    });
  }

  #remember(file: string, editor: Editor | null): void {
    this.#editors.delete(file);
    this.#editors.set(file, editor);
    const [oldest] = this.#editors.keys();
    if (this.#editors.size > MOST_FILES && oldest !== undefined) this.#editors.delete(oldest);
  }
}

/** That of the task in hand: overflow is worked on by terminals of other streams. */
function streamOf({ plan }: State, { task, stream }: Terminal): string | null {
  return (task === null ? null : planIndex(plan).tasks.get(task)?.stream) ?? stream;
}

function told(file: string, first: Editor, second: Editor): Fact {
  const words = `streams ${first.stream} (terminal ${first.terminal}) and ${second.stream} (terminal ${second.terminal}) both edit ${oneLine(file, 120)}`;
  return { type: "noticed", severity: "warning", text: `${words}: give it to one of them, or let the other wait` };
}
