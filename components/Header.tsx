import { headerBlocks } from "../src/dashboard/views/header.ts";
import { Region } from "./Region.tsx";

/** The first line: title, progress, clock, forecast, pace, and how many need a person. */
export function Header() {
  return <Region view={headerBlocks} />;
}
