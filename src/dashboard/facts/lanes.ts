import { sessionProgress, streamProgress, type Progress } from "../../marathon/progress.ts";
import { tallyOf } from "../../marathon/tally.ts";
import type { State } from "../../marathon/types.ts";
import { plain } from "../format.ts";
import { settled } from "./clock.ts";
import type { Facts, LaneFacts } from "./types.ts";

/** The plan's streams, or its sessions where it has no streams. */
export function laneFacts(state: State, t: number): Facts["lanes"] {
  const streams = streamProgress(state, t);
  if (streams.length > 0) return { kind: "streams", rows: streams.map((stream) => oneLane(stream.id, stream, stream.terminals)) };
  const terminalsOf = new Map(state.plan.sessions.map(({ id, tasks }) => [id, tallyOf(state, tasks).terminals]));
  return {
    kind: "sessions",
    rows: sessionProgress(state, t).map((session) => oneLane(session.id, session, terminalsOf.get(session.id) ?? [])),
  };
}

function oneLane(id: string, progress: Progress, terminals: readonly number[]): LaneFacts {
  return {
    id: plain(id),
    name: plain(progress.name),
    done: progress.done,
    total: progress.total,
    blocked: progress.blocked,
    elapsed: progress.elapsedMs,
    estimate: progress.estimateMs,
    buffer: progress.bufferedMs === null || progress.estimateMs === null ? 0 : progress.bufferedMs - progress.estimateMs,
    behind: settled(progress.paceMs === null ? null : -progress.paceMs, progress.estimateMs),
    terminals,
    owesHandoff: progress.owesHandoff === true,
  };
}
