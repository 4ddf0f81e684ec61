import { Box } from "ink";
import type { Screen } from "../src/dashboard/screen.ts";
import { BlockersRail } from "./BlockersRail.tsx";
import { Borders } from "./Borders.tsx";
import { EventLine } from "./EventLine.tsx";
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
import { ScreenContext, useFrame } from "./use-frame.ts";

/** The chrome: everything on the screen but the cells of the terminals, which the compositor draws into the panes' rectangles. */
export function App({ screen }: { readonly screen: Screen }) {
  return (
    <ScreenContext.Provider value={screen}>
      <Ground />
    </ScreenContext.Provider>
  );
}

/** Exactly as large as the terminal: one row more and Ink would clear the screen in every frame. */
function Ground() {
  const columns = useFrame((frame) => frame.layout.size.columns);
  const rows = useFrame((frame) => frame.layout.size.rows);
  return (
    <Box width={columns} height={rows} overflow="hidden">
      <Header />
      <Folded />
      <Tabs />
      <Borders />
      <StreamsRail />
      <BlockersRail />
      <TerminalsRail />
      <HierarchyTree />
      <ScratchpadView />
      <PaneTitles />
      <EventLine />
      <StatusLine />
      <Overlay />
    </Box>
  );
}
