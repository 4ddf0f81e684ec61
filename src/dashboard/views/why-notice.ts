/** Why a terminal's state is shown, as a page to be read. */
import { CONTEXT_UNKNOWN, contextWords } from "../../marathon/context-loaded.ts";
import type { WhyJson } from "../../marathon/status.ts";
import { workLines } from "../../marathon/work-in-hand.ts";
import { meterLines } from "./meter-lines.ts";
import { age, plain, timeOfDay } from "../format.ts";
import type { Notice } from "../stores/view-store.ts";

/** @param ownMs how long the state has lasted by the clock of a marathon that runs faster than the world, ms; null where both go alike */
export function whyNotice(terminal: number, answer: unknown, ownMs: number | null = null): Notice {
  const why = answer as WhyJson;
  // Ages by the engine's own clock, which dated the signals.
  const now = Date.parse(why.now);
  const { state, kind, source, evidence, since, considered } = why;
  const real = (at: number): string => `${age(now - at)}${ownMs === null ? "" : " of real time"}`;
  const lasted = ownMs === null ? real(Date.parse(since)) : `${age(ownMs)} (${real(Date.parse(since))})`;
  const signals = considered.map((signal, index) => {
    const when = signal.at === null ? "" : `, ${real(Date.parse(signal.at))} ago`;
    return `${index === 0 ? "decided  " : "also seen"}  ${signal.source}: ${signal.state}${when}${signal.evidence === null ? "" : `: ${plain(signal.evidence)}`}`;
  });
  const meters = meterLines(why);
  const { next, work } = why;
  // An engine of an older version does not say.
  const loaded = contextWords(why.contextLoaded ?? CONTEXT_UNKNOWN);
  return {
    kind: "notice",
    title: `Why terminal ${terminal} is ${state}`,
    scroll: 0,
    body: [
      `${state}${kind === null ? "" : ` (${kind})`} since ${timeOfDay(Date.parse(since))}, for ${lasted}`,
      `because of ${source}${evidence === null ? "" : `: ${plain(evidence)}`}`,
      "",
      ...(next === undefined ? [] : [`its next task: ${next.number} ${plain(next.title)}: ${plain(next.why)}`, ""]),
      ...(work === undefined ? [] : workLines(work).map(plain)),
      loaded,
      "",
      ...signals,
      "",
      ...(meters.length > 0 ? [...meters, ""] : []),
      "The program's own report (osc-7501) counts more than its hooks, those more than what it lists itself as (claude agents), its title and a rule about its screen, and these more than that it runs.",
    ],
  };
}
