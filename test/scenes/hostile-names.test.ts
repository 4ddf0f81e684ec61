import { expect, test } from "vitest";
import { firstStrange } from "../conformance/repertoire.ts";
import { EVIL, hostilePlan } from "../support/hostile-plan.ts";
import { scene } from "../support/scene.ts";

test("names from plans, files, agents and people do nothing to the terminal of who reads them, in no view", async () => {
  await using story = await scene({ plan: hostilePlan("true"), agent: "command" });
  const desk = await story.dashboard({ columns: 200, rows: 60 });
  await desk.idle();
  story.scratchpad.writes(`SESSION_001_${EVIL}.md`, `# ${EVIL}\n\n- [~] 1 ${EVIL}\n`);
  story.scratchpad.writes("TASK_002_BLOCKER.md", `# B${EVIL}\n\nPriority: P0\n\nReason: R${EVIL}\n\nCause: ${EVIL}\n`);
  story.terminal(1).prints(`\x1b]9;N${EVIL}\x07\x1b]2;T${EVIL}\x07\x1b]7501;state=blocked:kind=question:msg=${base64(`Q${EVIL}`)}\x1b\\`);
  await desk.shows("■ 1 blocker");
  for (const keys of [
    ["w", "esc"],
    ["b", "enter", "esc"],
    ["s"],
    ["H"],
    ["T"],
    ["t"],
    ["esc"],
    ["%", "esc"],
    ["i", "esc"],
    ["?", "esc"],
    ["P", "esc"],
  ]) {
    desk.press(...keys);
    await desk.idle();
  }
  for (const layout of ["M-f", "M-a", "M-w", "M-g"]) {
    desk.press(layout);
    await desk.idle();
  }
  desk.resize(60, 14);
  await desk.idle();
  expect(firstStrange(desk.written)).toBe("");
  expect(desk.copied).toEqual([]);
  for (const words of desk.notifications) expect(words).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e\u2066]/u);
});

function base64(text: string): string {
  return Buffer.from(text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/gu, "")).toString("base64");
}
