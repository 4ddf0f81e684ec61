import { frameBlocks } from "../src/dashboard/views/frames.ts";
import { Region } from "./Region.tsx";

/** All borders of the screen; neighbours share theirs. */
export function Borders() {
  return <Region view={frameBlocks} />;
}
