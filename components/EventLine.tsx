import { eventBlocks } from "../src/dashboard/views/events.ts";
import { Region } from "./Region.tsx";

/** The newest events, and what the dashboard itself has to say. */
export function EventLine() {
  return <Region view={eventBlocks} />;
}
