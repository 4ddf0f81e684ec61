/** Readers of bytes and text: they answer or refuse, and never do anything else. */
import { strict as assert } from "node:assert";
import { decodeSegment, encodeLine } from "../../src/engine/journal-format.ts";
import type { Event } from "../../src/marathon/types.ts";
import { checkJson } from "../../src/plan/check-json.ts";
import { readPlan } from "../../src/plan/read.ts";
import { readScratch } from "../../src/plan/scratch.ts";
import { decodeInput, decodeMessage, encodeFrame, encodeInput, encodeMessage, FrameError, FrameReader } from "../../src/protocol/frames.ts";
import { FrameKind } from "../../src/protocol/messages.ts";
import { checkClientMessage } from "../../src/protocol/client-message.ts";
import { StatusRecords } from "../../src/screen/status-records.ts";
import { parseStatusReport } from "../../src/screen/status-report.ts";
import type { Target } from "./targets.ts";

const texts = (...all: readonly string[]): Uint8Array[] => all.map((text) => Buffer.from(text));
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;

export const wireTarget: Target = {
  name: "wire",
  each: 1500,
  promise: "a stream of any bytes in any pieces gives frames that were written so, and messages within their bounds, or a FrameError",
  examples: [
    encodeMessage({ type: "hello", version: 1, program: "0.1.0", role: "dashboard", pid: 7 }),
    encodeMessage({
      type: "panes",
      panes: [{ terminal: 3, cols: 80, rows: 24, scroll: 0, top: { era: 2, line: 7 }, held: true }],
      focus: 3,
    }),
    encodeMessage({ type: "request", id: 1, request: { name: "search", query: "a", regex: true, limit: 9, terminals: [] } }),
    encodeMessage({ type: "outer", outer: { foreground: 1, background: null, cursor: 2, palette: [0, null], kittyKeyboard: true } }),
    Buffer.concat([encodeInput(3, Buffer.from("keys\x1b[A")), encodeMessage({ type: "bye" })]),
  ],
  tokens: [
    ...texts('"type":', "null", "1e999", "-1", "[]", "{}", '"panes"', '"\\u0000"', '"__proto__":'),
    Uint8Array.of(255, 255, 255, 255),
    Uint8Array.of(1, 0, 0, 0, 2),
  ],
  check(bytes) {
    const reader = new FrameReader();
    let rest = bytes;
    try {
      while (rest.length > 0) {
        const cut = 1 + ((rest[0] ?? 0) % 13);
        for (const { kind, payload } of reader.push(rest.subarray(0, cut))) {
          assert.ok(Buffer.from(bytes).includes(encodeFrame(kind, payload)), "a frame that nobody sent");
          if (kind === FrameKind.input) decodeInput(payload);
          else if (kind === FrameKind.json) checkClientMessage(decodeMessage(payload));
        }
        rest = rest.subarray(cut);
      }
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
    }
  },
};

const EVENTS: readonly Event[] = [
  { type: "noticed", severity: "info", text: "one é 漢", seq: 7, at: 1_700_000_000_000, t: 10 },
  { type: "terminal-exited", terminal: 3, code: 0, signal: null, seq: 8, at: 1_700_000_000_001, t: 11 },
  { type: "engine-stopped", reason: "a person\n", seq: 9, at: 1_700_000_000_002, t: 12, cause: 8 },
];
const LINES = EVENTS.map(encodeLine);

export const journalTarget: Target = {
  name: "journal",
  each: 1500,
  promise: "a segment of any bytes gives events that were written so, gapless, up to the first damage",
  examples: [Buffer.concat(LINES), ...LINES],
  tokens: [...texts("\n", " ", "00000000 2 {}\n", '"seq":1', "9999999999 "), ...LINES],
  check(bytes) {
    const { events, good, damage } = decodeSegment(Buffer.from(bytes));
    assert.ok(good >= 0 && good <= bytes.length);
    events.forEach((event, index) => assert.equal(event.seq, (events[0]?.seq ?? 0) + index));
    const again = Buffer.concat(events.map(encodeLine));
    const read = Buffer.from(bytes.subarray(0, good));
    // JSON of ours comes back to the byte; a last line may lack its end.
    if (events.every((event) => EVENTS.some((known) => JSON.stringify(known) === JSON.stringify(event))))
      assert.ok(again.equals(read) || again.equals(Buffer.concat([read, Buffer.from("\n")])), "events that nobody wrote");
    if (good < bytes.length) assert.notEqual(damage, null);
  },
};

const PLAN = `---
title: Small
terminals: 3
retries: 2
---
# Plan

## Stream A: First (3 Tasks)

**Terminals 1-2 | Goal: x**

| # | Task | Run | Estimate | Depends on | Priority |
| - | ---- | --- | -------- | ---------- | -------- |
| 1 | One | \`true\` | 10m | | P1 |
| 2 | Two | \`a \\| b\` | 1-2 h | 1 | P0 |
`;
const SESSION = `# Sessions

## Session 024: Ground (6h)

**Domain:** backend
**Hours:** 0-6

### Allocation (4 tasks)

- **Terminals 1-2:** work (tasks 1-4)
`;

/** A spoiled small plan is read five times as fast as a spoiled large one, and what spoils it is as likely to be hit. */
const SMALL_PLANS = [
  "---\ntitle: x\nterminals: 2\nenv: [A_*]\nallow: [Edit(src/**)]\n---\n| # | Task |\n|---|---|\n| 1 | a |\n",
  "## Stream A: First (2 Tasks)\n**Terminal 1: x (2 tasks)**\n| # | Task | Depends on |\n|---|---|---|\n| 1 | a | |\n| 2 | b | 1 |\n",
  "| # | Task | Run | Estimate | Agent |\n|---|---|---|---|---|\n| 1 | a | `true` | 1-2 h | claude |\n| 2-4 | b | | 10m | |\n",
  "## Session 024: Ground (6h)\n**Hours:** 0-6\n### Allocation (4 tasks)\n- **Terminals 1-2:** work (tasks 1-4)\n",
  "- [x] 1 One\n- [ ] 2 Two (2h)\n  - [ ] 3 deeper\n\n**Files to share:**\n```\n.env\ndocs/**\n```\n## Files to NEVER Share\n- `.env`\n",
  "## Risks\n**If behind by 2 h:**\n1. drop task 3\n2. move buffer\n\n| Hour | Milestone |\n|---|---|\n| 0-6 | a |\n",
];

export const planTarget: Target = {
  name: "plan",
  each: 100,
  promise: "any text is a plan or has problems with a line each, and the answer is one JSON value",
  examples: texts(PLAN, SESSION, ...SMALL_PLANS),
  tokens: texts(
    "|",
    "---\n",
    "\n\n",
    "#",
    "**",
    "`",
    "9999999999",
    "1-999999",
    "- [ ] ",
    "\t",
    "\u00a0",
    ">",
    "[x](y)",
    "<!--",
    "&a",
    "*a",
    "## Stream B: b (1 Task)\n",
    "__proto__",
    "\0",
    "\ufeff",
  ),
  check(bytes) {
    const reading = readPlan([{ file: "plan.md", text: Buffer.from(bytes).toString() }]);
    for (const problem of reading.problems) assert.ok(problem.line >= 1 && problem.message.length > 0, JSON.stringify(problem));
    assert.ok(reading.plan !== null || reading.problems.some(({ severity }) => severity === "error"), "no plan, and no word why");
    JSON.parse(JSON.stringify(checkJson(reading)));
    const numbers = reading.plan?.tasks.map(({ number }) => number) ?? [];
    assert.equal(new Set(numbers).size, numbers.length, "two tasks of one number");
  },
};

const REPORT = "# Terminal 1\n\n- [x] 1 done\n* [~] #2 — at it\n1. [!] **3** — no database\n```\n- [x] 9 example\n```\n<!-- - [x] 8 -->\n";
const BLOCKER =
  "# BLOCKER: no database\n\n**Task:** 3\n**Priority:** P1\n**Status:** open\n**Reason:** it is down\n\n## Evidence\n\n- line\n";
const HANDOFF = "# Handoff 024\n\n## Done\n\n- 1, 2\n\n## Open\n\n- 3: waits\n\n## Next steps\n\n1. go on\n";
const NAMES = [
  "terminal-01.md",
  "BLOCKER-task-3.md",
  "blocker-terminal-02.md",
  "SESSION-024-HANDOFF.md",
  "handoff.md",
  "notes.txt",
  "TEMPLATE-N.md",
];

export const scratchpadTarget: Target = {
  name: "scratchpad",
  each: 1500,
  promise: "a file of any name and content is read without an error, into known ticks with their lines",
  examples: NAMES.flatMap((name) => texts(`${name}\n${REPORT}`, `${name}\n${BLOCKER}`, `${name}\n${HANDOFF}`)),
  tokens: texts("- [x] ", "[!]", "```", "<!--", "-->", "**", "999999", "\n", "—", "## ", ":", "\u2028", "\0", "| a | b |\n", "[+] "),
  check(bytes) {
    const [name = "", ...lines] = Buffer.from(bytes).toString().split("\n");
    const text = lines.join("\n");
    const reading = readScratch(`/pad/${name}`, text);
    for (const tick of reading.ticks)
      assert.ok(tick.line >= 1 && tick.line <= text.split(/\r\n|\r|\n|\u2028|\u2029/u).length && Number.isSafeInteger(tick.task));
    assert.equal(new Set(reading.ticks.map(({ task }) => task)).size, reading.ticks.length, "two ticks for one task");
    JSON.parse(JSON.stringify(reading));
  },
};

const words = (text: string) => Buffer.from(text).toString("base64");

export const statusTarget: Target = {
  name: "osc-7501",
  each: 1500,
  promise: "a status report of any text is ignored, or within the protocol's limits and free of controls",
  examples: texts(
    `state=working:progress=40:title=${words("Build")}:msg=${words("half of it")}`,
    `id=a/b.c:state=blocked:kind=permission:title=${words("rm?")}`,
    "state=clear:id=a",
    `state=done:app=x:msg=${words("é漢\x1b]52;c;eA==\x07\u202e")}`,
  ),
  tokens: texts(
    "state=",
    "working",
    "blocked",
    "kind=",
    "progress=101",
    "id=",
    "a/b/c/d/e/f/g/h/i",
    "=",
    ":",
    "==",
    words("\x9b2J\x07"),
    "error",
    "clear",
  ),
  check(bytes) {
    const records = new StatusRecords();
    for (const data of Buffer.from(bytes).toString().split("\n")) {
      const report = parseStatusReport(data);
      if (report === null) continue;
      assert.ok(report.progress === null || (report.progress >= 0 && report.progress <= 100));
      for (const text of [report.title, report.message])
        assert.ok(text === null || !CONTROLS.test(text), `controls in ${JSON.stringify(text)}`);
      assert.ok(report.id.length <= 128);
      records.report(report);
    }
    JSON.stringify(records);
  },
};
