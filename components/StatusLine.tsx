import { statusBlocks } from "../src/dashboard/views/status.ts";
import { Region } from "./Region.tsx";

/** The last line: what has the keys, and what they do. */
export function StatusLine() {
  return <Region view={statusBlocks} />;
}
