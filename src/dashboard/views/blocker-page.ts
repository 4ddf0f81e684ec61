/** The page of one blocker: everything that is known, and what could be done; it lives on while it is read. */
import { blockerPage } from "../../marathon/blocker-page.ts";
import { viewOf } from "../../marathon/blockers.ts";
import { stopwatch, plain, timeOfDay, wrap } from "../format.ts";
import { span, type Line } from "../lines.ts";
import type { Frame } from "../screen.ts";
import type { Tone } from "../theme.ts";

/** Its lines at this width; one that says so when the blocker is not known. */
export function blockerPageLines(frame: Pick<Frame, "marathon" | "now">, id: string, width: number): readonly Line[] {
  const { state } = frame.marathon;
  const blocker = state?.blockers[id];
  if (!state || !blocker) return [[span(`${id} is not known any more`, "dim")]];
  const view = viewOf(state, frame.now, blocker);
  const tone: Tone = blocker.state !== "open" ? "dim" : view.toEscalationMs < 0 || blocker.priority === "P0" ? "bad" : "warn";
  const head: Line = [
    span(`${blocker.priority} `, tone),
    span(blocker.state, tone),
    span(`  ${stopwatch(view.ageMs)}`, "strong"),
    span(blocker.state === "open" && view.toEscalationMs < 0 ? " over" : "", "bad"),
  ];
  const sections = blockerPage(state, frame.now, view, timeOfDay).flatMap(({ title, lines }): readonly Line[] => [
    [],
    [span(title, "accent")],
    ...lines.flatMap((text) => item(plain(text), width)),
  ]);
  return [head, ...wrap(plain(blocker.title), width).map((line): Line => [span(line, "strong")]), ...sections];
}

/** Two columns in; what does not fit goes on two more in, so that each item is seen to be one. */
function item(text: string, width: number): readonly Line[] {
  return wrap(text, Math.max(10, width - 4)).map((line, index): Line => [span(`${index === 0 ? "  " : "    "}${line}`)]);
}
