import type { State } from "../../marathon/types.ts";
import { plain } from "../format.ts";
import type { LaneFacts } from "./types.ts";

export function laneFacts(state: State, t: number): { readonly kind: "streams" | "sessions"; readonly rows: readonly LaneFacts[] } {
  const streams = state.plan.streams;
  const kind = streams.length > 0 ? "streams" : "sessions";
  const lanes = kind === "streams" ? streams : state.plan.sessions;
  return { kind, rows: lanes.map((lane) => oneLane(state, t, lane)) };
}

function oneLane(state: State, t: number, lane: { readonly id: string; readonly name: string; readonly tasks: readonly number[]; readonly hours: number | null; readonly terminals?: readonly number[] }): LaneFacts {
  const tasks = lane.tasks.flatMap((number) => state.tasks[number] ?? []);
  const counted = tasks.filter((task) => task.state !== "dropped");
  const starts = counted.flatMap((task) => task.startedAt ?? []);
  const done = counted.filter((task) => task.state === "done").length;
  const elapsed = starts.length === 0 ? 0 : t - Math.min(...starts);
  const estimate = lane.hours === null ? null : lane.hours * 3_600_000;
  return {
    id: lane.id,
    name: plain(lane.name),
    done,
    total: counted.length,
    blocked: counted.filter((task) => task.state === "blocked").length,
    elapsed,
    estimate,
    buffer: (estimate ?? 0) * (state.plan.settings.buffer ?? 0.25),
    behind: estimate === null || elapsed === 0 || counted.length === 0 ? null : elapsed - (done / counted.length) * estimate,
    terminals: lane.terminals ?? [],
  };
}
