/** The blocker protocol: five steps when something blocks, and a sixth once it is over. */
import type { BlockerStep } from "./blocker-types.ts";
import type { Blocker } from "./types.ts";

export interface ProtocolStep {
  readonly step: BlockerStep;
  readonly title: string;
  readonly done: boolean;
}

/** Which steps were really done; they need not be done in their order. */
export function protocolSteps(blocker: Blocker): readonly ProtocolStep[] {
  const done = standing(blocker.history);
  const did = (...acts: readonly string[]): boolean => done.some((act) => acts.includes(act.act));
  const resolved = blocker.history.findLast((act) => act.act === "resolved");
  const moved = did("reassigned") || (blocker.fallback?.tasks.length ?? 0) > 0;
  return [
    { step: "identify", title: "identify it", done: true },
    { step: "document", title: "document it in a file", done: did("documented") || blocker.evidence.some((item) => isNote(item.file)) },
    { step: "issue", title: "open an issue", done: (blocker.issue ?? null) !== null },
    { step: "pivot", title: "turn to other work", done: did("fell-back", "parked", "reassigned") },
    { step: "update-plan", title: "update the plan", done: moved },
    {
      step: "record-learnings",
      title: "record what was learnt",
      // Words of a person at its end count; those that the marathon finds for an end by itself, or because of a file, do not.
      done: did("learnt") || (blocker.step === "record-learnings" && resolved !== undefined && !/^(?:marathon$|file )/u.test(resolved.by)),
    },
  ];
}

/** What was done and not taken back. */
function standing(history: Blocker["history"]): Blocker["history"] {
  return history.reduce<Blocker["history"]>((acts, act) => {
    if (act.act !== "undone") return [...acts, act];
    const last = acts.findLastIndex((one) => one.act === act.from);
    return acts.filter((_act, index) => index !== last);
  }, []);
}

/** The one that was resolved last and has taught nobody anything yet; null when there is none. */
export function toLearnFrom(blockers: Readonly<Record<string, Blocker>>): Blocker | null {
  const over = Object.values(blockers).filter(({ state }) => state === "resolved");
  const [last] = over.toSorted((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0) || b.id.localeCompare(a.id, "en", { numeric: true }));
  return last && protocolSteps(last).some(({ step, done }) => step === "record-learnings" && !done) ? last : null;
}

function isNote(file: string | null): boolean {
  return file !== null && /BLOCKER[^/]*$/i.test(file);
}
