import type { Frame } from "../src/dashboard/screen.ts";
import { listBlocks } from "../src/dashboard/views/lists.ts";
import { Region } from "./Region.tsx";

const view = (frame: Frame) => listBlocks(frame, "hierarchy");

/** The chain of command with live states. */
export function HierarchyTree() {
  return <Region view={view} />;
}
