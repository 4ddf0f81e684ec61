/** The last status (OSC 7501) in a text, as a terminal that follows the specification reads it: our own reader of agents' reports. */
import { parseStatusReport, type StatusReport } from "../../src/screen/status-report.ts";

export function readStatusReport(text: string): StatusReport | null {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const [, payload = ""] = [...text.matchAll(/\x1b\]7501;(state=[^\x1b\x07]*)(?:\x1b\\|\x07)/gu)].at(-1) ?? [];
  return parseStatusReport(payload);
}
