/** Says so while somebody has stopped the holder: every terminal stands still then, and looks as if its agent were thinking. */
import type { Fact } from "../marathon/types.ts";

export interface HolderWatchPorts {
  /** The holder's process; null while there is none. */
  readonly pid: () => number | null;
  readonly isStopped: (pid: number) => boolean;
  readonly tell: (news: Extract<Fact, { readonly type: "noticed" }>) => void;
}

/** The name under which it is told. */
const WHAT = "holder";

/** Answers what is to be called now and then. */
export function holderWatch({ pid, isStopped, tell }: HolderWatchPorts): () => void {
  let told = false;
  return () => {
    const holder = pid();
    const stopped = holder !== null && isStopped(holder);
    if (stopped === told) return;
    told = stopped;
    if (stopped) {
      const text = `what holds the terminals is stopped: \`kill -CONT ${holder}\` lets it go on, and with it all that is typed and printed`;
      tell({ type: "noticed", severity: "error", text, begins: WHAT });
    } else tell({ type: "noticed", severity: "info", text: "what holds the terminals goes on, and all that waited with it", ends: WHAT });
  };
}
