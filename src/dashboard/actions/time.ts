/** How the timeline is looked at: by what, how large, and from where. */
import { laneKinds } from "../../marathon/time/lanes.ts";
import type { Actions } from "../actions.ts";
import { laneReport } from "../views/lane-report.ts";
import { laneKind, lanesOf, windowOf } from "../views/time.ts";
import type { ActionParts } from "./create.ts";

const MOST_ZOOM = 64;

export function timeActions({ stores, screen }: ActionParts): Pick<Actions, "timeKind" | "timeZoom" | "timeScroll"> {
  const change = (to: Partial<ReturnType<typeof stores.view.getState>["time"]>) =>
    stores.view.setState((view) => ({ time: { ...view.time, ...to } }));
  return {
    timeKind() {
      const { state } = stores.marathon.getState();
      if (state === null) return;
      const kinds = laneKinds(state.plan);
      change({ by: kinds[(kinds.indexOf(laneKind(screen.frame())) + 1) % kinds.length] ?? null });
      stores.view.setState((view) => ({ selected: { ...view.selected, time: 0 } }));
    },
    timeZoom(step) {
      const { zoom } = stores.view.getState().time;
      if (step === 0) return change({ zoom: 1, from: null });
      const next = Math.min(MOST_ZOOM, Math.max(1, step > 0 ? zoom * 2 : zoom / 2));
      if (next === 1) return change({ zoom: 1, from: null });
      // What is in the middle stays there; from the whole, now comes into sight.
      const { from } = stores.view.getState().time;
      change({ zoom: next, from: from === null ? null : Math.min(1 - 1 / next, Math.max(0, from + (1 / zoom - 1 / next) / 2)) });
    },
    timeScroll(quarters) {
      const frame = screen.frame();
      const { zoom } = frame.view.time;
      if (zoom === 1) return stores.view.toast("all of it is in sight: + zooms in");
      change({ from: Math.min(1 - 1 / zoom, Math.max(0, windowOf(frame).share + quarters / 4 / zoom)) });
    },
  };
}

/** Opens a lane: a terminal comes to the front, of the others everything is told. */
export function laneOpener({ stores, screen }: ActionParts, focus: (terminal: number) => void): (row: number) => void {
  return (row) => {
    const frame = screen.frame();
    const lane = lanesOf(frame)[row];
    if (lane === undefined) return;
    if (laneKind(frame) === "terminals") {
      stores.view.setState({ view: "board" });
      return focus(Number(lane.id));
    }
    stores.view.setState({
      overlay: { kind: "notice", title: `${lane.id} ${lane.name}`, body: laneReport(frame, laneKind(frame), lane), scroll: 0 },
    });
  };
}
