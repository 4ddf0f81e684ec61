import { tabBlocks } from "../src/dashboard/views/tabs.ts";
import { Region } from "./Region.tsx";

/** The tabs of a small screen. */
export function Tabs() {
  return <Region view={tabBlocks} />;
}
