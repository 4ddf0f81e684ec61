/** Tasks of a session plan that stands alone: it names only ranges, so the allocations make the tasks. */
import type { DraftTask, SessionParts } from "./draft.ts";
import { splitEvenly } from "./ranges.ts";

/**
 * One task per allocated number, titled by its allocation's label. Terminals are local to the session (each
 * session counts from 1); several terminals share their tasks in neighbouring, nearly equal pieces.
 * A number that is allocated twice keeps its first place; `verify` reports the second.
 */
export function allocatedTasks(sessions: readonly SessionParts[]): DraftTask[] {
  const tasks = new Map<number, DraftTask>();
  for (const session of sessions) {
    for (const allocation of session.allocations) {
      const pieces = allocation.terminals.length === 0 ? [allocation.tasks] : splitEvenly(allocation.tasks, allocation.terminals.length);
      pieces.forEach((piece, index) => {
        const terminal = allocation.terminals[index];
        for (const number of piece) {
          if (tasks.has(number)) continue;
          const place = allocation.tasks.length === 1 ? "" : ` (${allocation.tasks.indexOf(number) + 1} of ${allocation.tasks.length})`;
          tasks.set(number, {
            file: allocation.file,
            line: allocation.line,
            column: allocation.column,
            number,
            title: `${allocation.label || session.name}${place}`,
            stream: null,
            session: session.id,
            terminals: terminal === undefined ? null : [terminal],
            group: allocation.label || null,
            target: null,
            from: null,
            to: null,
            run: null,
            fallback: null,
            answer: null,
            role: null,
            agent: null,
            estimate: null,
            dependsOn: [],
            priority: null,
            doneInPlan: false,
          });
        }
      });
    }
  }
  return [...tasks.values()].sort((a, b) => a.number - b.number);
}
