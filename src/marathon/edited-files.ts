/** Which stream has edited which file: when a second one edits it too, the merge will hurt, and a person should know while it is early. Pure. */
import type { Draft } from "./draft.ts";
import { planIndex } from "./plan-index.ts";
import type { AgentFact } from "./agent-facts.ts";
import type { Fact, State, Terminal } from "./types.ts";
import { oneLine } from "./words.ts";

/** So many files are remembered; of the first ones it is then forgotten who edited them. */
export const MOST_FILES = 2000;

/** Who edited a file first; null: it was told already that several streams do. */
export type Editor = { readonly stream: string; readonly terminal: number } | null;

/**
 * A terminal's agent has edited these files. Answers what is new about that: nothing, when its stream has edited them before.
 * @param names each file by the one name that it has for all agents
 */
export function filesEdited(state: State, terminal: Terminal, names: readonly string[]): readonly Fact[] {
  const stream = streamOf(state, terminal);
  if (stream === null) return [];
  const files = [...new Set(names)].filter((file) => {
    const before = editorOf(state, file);
    return before === undefined || (before !== null && before.stream !== stream);
  });
  if (files.length === 0) return [];
  const second = { stream, terminal: terminal.number };
  return [
    { type: "files-edited", terminal: terminal.number, stream, files },
    ...files.flatMap((file): Fact | readonly [] => {
      const first = editorOf(state, file);
      return first ? told(file, first, second) : [];
    }),
  ];
}

export function rememberEdits(draft: Draft, { terminal, stream, files }: Extract<AgentFact, { readonly type: "files-edited" }>): void {
  const edited = new Map(Object.entries(draft.state.edited ?? {}));
  for (const file of files) {
    const before = edited.get(file);
    // The newest stand last, and are forgotten last.
    edited.delete(file);
    edited.set(file, before === undefined ? { stream, terminal } : before?.stream === stream ? before : null);
  }
  draft.set({ edited: Object.fromEntries([...edited].slice(-MOST_FILES)) });
}

/** A file may be called like what every object has. */
function editorOf({ edited }: State, file: string): Editor | undefined {
  return edited !== undefined && Object.hasOwn(edited, file) ? edited[file] : undefined;
}

/** That of the task in hand: overflow is worked on by terminals of other streams. */
function streamOf({ plan }: State, { task, stream }: Terminal): string | null {
  return (task === null ? null : planIndex(plan).tasks.get(task)?.stream) ?? stream;
}

function told(file: string, first: NonNullable<Editor>, second: NonNullable<Editor>): Fact {
  const words = `streams ${first.stream} (terminal ${first.terminal}) and ${second.stream} (terminal ${second.terminal}) both edit ${oneLine(file, 120)}`;
  return { type: "noticed", severity: "warning", text: `${words}: give it to one of them, or let the other wait` };
}
