/** What is reported of a security item: which of its four steps is done, and whether the fix was tried in isolation. */
import { planIndex } from "../marathon/plan-index.ts";
import { missingSteps, securityJson, SECURITY_STEPS, type SecurityJson } from "../marathon/security-item.ts";
import { oneLine } from "../marathon/words.ts";
import type { ReportAnswer } from "../protocol/report-requests.ts";
import type { Report } from "../protocol/report-verbs.ts";
import type { Engine } from "./engine.ts";
import { RefusedError } from "./server.ts";

const MOST_NOTE = 400;

/** Throws RefusedError for a task that the plan does not call a security item. */
export function securityReport(
  engine: Engine,
  { task, step, isolated, note, open = false }: Extract<Report, { readonly verb: "security" }>,
  { terminal, by }: { readonly terminal: number | null; readonly by: string },
): ReportAnswer {
  const live = engine.state.tasks[task];
  if (!live) throw new RefusedError(`task ${task} is not in the plan`, "unknown-task");
  const planned = planIndex(engine.state.plan).tasks.get(task);
  if (planned?.security !== true)
    throw new RefusedError(`task ${task} is no security item: its row would say "security" in the column Kind; report a finding`);
  engine.submit({
    type: "security-reported",
    terminal,
    task,
    step,
    done: !open,
    isolated: isolated === undefined ? null : isolated === "yes",
    note: note === undefined ? null : oneLine(note, MOST_NOTE) || null,
    by,
  });
  const item = securityJson(engine.state, task, planned) as SecurityJson;
  const skipped = open ? [] : missingSteps(item).filter((one) => SECURITY_STEPS.indexOf(one) < SECURITY_STEPS.indexOf(step));
  return {
    said: `task ${task}: ${step} ${open ? "is open again" : "is noted"}, ${item.done} of ${item.of} steps`,
    changed: true,
    notes: [
      ...(skipped.length > 0 ? [`not reported yet, though it comes before: ${skipped.join(", ")}`] : []),
      ...(live.terminal !== null && terminal !== null && live.terminal !== terminal
        ? [`task ${task} belongs to terminal ${live.terminal}: noted as told by ${by}`]
        : []),
    ],
  };
}

/** What whoever says that a security item is done had better know. */
export function securityNotes(engine: Engine, task: number): readonly string[] {
  const item = securityJson(engine.state, task, planIndex(engine.state.plan).tasks.get(task));
  const missing = item === null ? [] : missingSteps(item);
  return missing.length === 0 ? [] : [`task ${task} is a security item, and these of its steps are not reported: ${missing.join(", ")}`];
}
