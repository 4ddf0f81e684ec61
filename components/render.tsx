import { render } from "ink";
import type { FunctionComponent } from "react";
import type { Layout, ListName } from "../src/dashboard/layout.ts";
import type { Screen } from "../src/dashboard/screen.ts";
import type { Canvas } from "../src/dashboard/terminal/canvas.ts";
import type { Chrome } from "../src/dashboard/terminal/chrome.ts";
import { BlockersRail } from "./BlockersRail.tsx";
import { Borders } from "./Borders.tsx";
import { EventLine } from "./EventLine.tsx";
import { FocusFrame } from "./FocusFrame.tsx";
import { Folded } from "./Folded.tsx";
import { Header } from "./Header.tsx";
import { HierarchyTree } from "./HierarchyTree.tsx";
import { Overlay } from "./Overlay.tsx";
import { PaneTitles } from "./PaneTitles.tsx";
import { ScratchpadView } from "./ScratchpadView.tsx";
import { StatusLine } from "./StatusLine.tsx";
import { StreamsRail } from "./StreamsRail.tsx";
import { Tabs } from "./Tabs.tsx";
import { TerminalsRail } from "./TerminalsRail.tsx";
import { TimeView } from "./TimeView.tsx";
import { GroundContext } from "./use-ground.ts";

type Place = (layout: Layout) => boolean;

const always: Place = () => true;
const list =
  (name: ListName): Place =>
  ({ lists }) =>
    lists.some((one) => one.name === name);

/** In the order in which they lie over each other (titles interrupt the borders), and when the layout has a place for them. */
const BELOW: readonly (readonly [FunctionComponent, Place])[] = [
  [Header, always],
  [Folded, ({ folded }) => folded.length > 0],
  [Tabs, ({ tabs }) => tabs !== null],
  [Borders, always],
  [FocusFrame, always],
  [StreamsRail, list("streams")],
  [BlockersRail, list("blockers")],
  [TerminalsRail, list("terminals")],
  [HierarchyTree, list("hierarchy")],
  [ScratchpadView, ({ kind }) => kind === "scratchpad"],
  [TimeView, ({ kind }) => kind === "time"],
  [PaneTitles, ({ panes }) => panes.length > 0],
  [EventLine, always],
  [StatusLine, always],
];

/**
 * Draws everything on the screen but the cells of the terminals. Each region is an Ink tree of its own, because Ink draws a whole
 * tree again when anything in it changes: a second that passes costs a header, not a screen. A tree is begun when the layout first
 * has a place for it, so that the first frame does not wait for views that nobody has opened. Answers how to stop.
 */
export function renderChrome(screen: Screen, chrome: Chrome): () => void {
  const below = BELOW.map(([Region, place]) => renderWhenPlaced(Region, place, screen, chrome, chrome.canvas("below the terminals")));
  const over = renderWhenPlaced(Overlay, ({ overlay }) => overlay !== null, screen, chrome, chrome.canvas("over the terminals"));
  return () => {
    for (const stop of [...below, over]) stop();
  };
}

function renderWhenPlaced(Region: FunctionComponent, place: Place, screen: Screen, chrome: Chrome, canvas: Canvas): () => void {
  if (place(screen.frame().layout)) return renderRegion(Region, screen, chrome, canvas);
  let stop = screen.subscribe(() => {
    if (!place(screen.frame().layout)) return;
    stop();
    stop = renderRegion(Region, screen, chrome, canvas);
  });
  return () => stop();
}

function renderRegion(Region: FunctionComponent, screen: Screen, { stdin, turns }: Chrome, canvas: Canvas): () => void {
  const instance = render(
    <GroundContext.Provider value={{ screen, canvas, turns }}>
      <Region />
    </GroundContext.Provider>,
    {
      // Ink's types ask for the process's own streams; it uses write, columns, rows and the events of a stream.
      stdout: canvas.stdout as unknown as NodeJS.WriteStream,
      stdin: stdin as unknown as NodeJS.ReadStream,
      // With CI in the environment Ink would else draw nothing until the end.
      interactive: true,
      // Each frame whole and at once; when frames are worth their cost decides the screen (src/dashboard/screen.ts).
      debug: true,
      patchConsole: false,
      exitOnCtrlC: false,
    },
  );
  return () => instance.cleanup();
}
