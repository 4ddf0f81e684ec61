import type { State } from "../../marathon/types.ts";
import type { ClockFacts } from "./types.ts";

export function clockFacts(state: State, t: number): ClockFacts {
  const planned = state.plan.horizonHours === null ? null : state.plan.horizonHours * 3_600_000;
  const tasks = Object.values(state.tasks).filter((task) => task.state !== "dropped");
  const done = tasks.filter((task) => task.state === "done").length;
  return {
    elapsed: t,
    planned,
    withBuffer: planned === null ? null : planned * (1 + (state.plan.settings.buffer ?? 0.25)),
    forecast: null,
    behind: planned === null || tasks.length === 0 ? null : t - (done / tasks.length) * planned,
  };
}
