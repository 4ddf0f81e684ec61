import type { Command, Context } from "../commands.ts";

const everywhere: readonly Context[] = ["panes", "list", "zoom", "scratchpad", "time"];
const here: readonly Context[] = ["time"];

export const timeCommands: readonly Command[] = [
  {
    id: "time",
    topic: "time",
    title: "Open or close the timeline",
    hint: "time",
    help: "The timeline: plan above what was, blocked time, now, and where it will end.",
    keys: ["t"],
    contexts: everywhere,
    run: (actions, { view }) => actions.show(view.view === "time" ? "board" : "time"),
  },
  {
    id: "time-kind",
    topic: "time",
    title: "Timeline by sessions, streams or terminals",
    hint: "sessions, streams, terminals",
    help: "The next kind of lanes: sessions, streams, terminals.",
    keys: ["tab"],
    contexts: here,
    run: (actions) => actions.timeKind(),
  },
  {
    id: "time-zoom-in",
    topic: "time",
    title: "Zoom the timeline in",
    hint: "zoom",
    help: "Twice as large.",
    keys: ["+", "="],
    contexts: here,
    run: (actions) => actions.timeZoom(1),
  },
  {
    id: "time-zoom-out",
    topic: "time",
    title: "Zoom the timeline out",
    help: "Half as large.",
    keys: ["-"],
    contexts: here,
    run: (actions) => actions.timeZoom(-1),
  },
  {
    id: "time-whole",
    topic: "time",
    title: "The whole timeline",
    help: "All of it, from the start to the last end.",
    keys: ["z"],
    contexts: here,
    run: (actions) => actions.timeZoom(0),
  },
  {
    id: "time-earlier",
    topic: "time",
    title: "Scroll the timeline to earlier",
    help: "A quarter of what is in sight to earlier.",
    keys: ["h", "left"],
    contexts: here,
    run: (actions) => actions.timeScroll(-1),
  },
  {
    id: "time-later",
    topic: "time",
    title: "Scroll the timeline to later",
    help: "A quarter of what is in sight to later.",
    keys: ["l", "right"],
    contexts: here,
    run: (actions) => actions.timeScroll(1),
  },
];
