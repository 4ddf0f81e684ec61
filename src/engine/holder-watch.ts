/** Says so while somebody has stopped the holder: every terminal stands still then, and looks as if its agent were thinking. */
import type { Fact } from "../marathon/types.ts";

export interface HolderWatchPorts {
  /** `pid` of the holder's process; null while there is none. */
  readonly holder: { readonly pid: number | null };
  isStopped(pid: number): boolean;
}

/** The name under which it is told. */
const WHAT = "holder";

/** Answers what is to be called now and then. */
export function holderWatch(ports: HolderWatchPorts, tell: (news: Extract<Fact, { readonly type: "noticed" }>) => void): () => void {
  let told = false;
  return () => {
    const holder = ports.holder.pid;
    const stopped = holder !== null && ports.isStopped(holder);
    if (stopped === told) return;
    told = stopped;
    if (stopped) {
      const text = `what holds the terminals is stopped: \`kill -CONT ${holder}\` lets it go on, and with it all that is typed and printed`;
      tell({ type: "noticed", severity: "error", text, begins: WHAT });
    } else tell({ type: "noticed", severity: "info", text: "what holds the terminals goes on, and all that waited with it", ends: WHAT });
  };
}
