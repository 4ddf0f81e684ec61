import { paneTitleBlocks } from "../src/dashboard/views/panes.ts";
import { Region } from "./Region.tsx";

/** The title of each pane, in its top border. */
export function PaneTitles() {
  return <Region view={paneTitleBlocks} />;
}
