import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { dashboardParts, type PartsOptions } from "../support/dashboard-parts.ts";
import { fixtureState } from "../support/marathon-fixture.ts";
import { chromeRows, showChrome } from "../support/shown-chrome.ts";

const escapes = /\u001b\[[0-9;]*m/gu;

/** The screen as a person sees it: one text per row, without escape sequences, after some keys. */
function rowsOf(columns: number, rows: number, keys: readonly string[] = [], options: PartsOptions = {}): readonly string[] {
  const parts = dashboardParts({ columns, rows, ...options });
  parts.press(...keys);
  return chromeRows(parts.screen);
}

const find = (screen: readonly string[], pattern: RegExp) => screen.find((row) => pattern.test(row)) ?? `no row matches ${pattern}`;

describe.each([
  [200, 60],
  [160, 45],
  [120, 36],
])("at %i×%i all six things are there without a key press:", (columns, rows) => {
  const screen = rowsOf(columns, rows);

  test("the screen has exactly its size", () => {
    expect(screen).toHaveLength(rows);
    for (const row of screen) expect(stringWidth(row)).toBeLessThanOrEqual(columns);
  });

  test("the clock with plan, buffer, forecast and pace", () => {
    expect(screen[0]).toMatch(/hundred-tasks.*47\/100.*2:41.*7:00.*\d:\d\d–\d:\d\d.*▲ +(ends )?\d+m early/u);
  });

  test.each(["A MCP", "B Back", "C Fron", "D End", "E Secu", "F Over"])(
    "stream %s with bar, count, time and estimate with buffer",
    (name) => {
      const at = screen.findIndex((row) => row.includes(name));
      const text = `${screen[at]} ${screen[at + 1]}`;
      expect(text).toMatch(/[█░]/u);
      expect(text).toMatch(/ ?\d+\/ ?\d+/u);
      expect(text).toMatch(/(\d:\d\d|\ds)\/\d:\d\d\+(\d:\d\d|\d+m)/u);
    },
  );

  test("every terminal with its number, role, state, age and task", () => {
    const wanted: readonly (readonly [number, string, string])[] = [
      [1, "busy +14s", "8"],
      [2, "busy +3m", "18"],
      [3, "idle +6m", "–"],
      [4, "blocked +31m", "33"],
      [5, "busy +44s", "44"],
      [6, "starting +2s", "51"],
      [7, "asking +2m", "61"],
      [8, "busy +9s", "66"],
      [9, "exit 1 +12m", "77"],
      [10, "busy +2h05", "81"],
    ];
    for (const [number, state, task] of wanted)
      expect(find(screen, new RegExp(` ${number}[ ▶][A-E] [A-Z_…]+ +. ${state} .*${task}`, "u"))).toContain(`${number}`);
    expect(find(screen, /Terminals · shell/u)).toContain("shell");
  });

  test("the blockers with their clocks and holders, the most urgent first", () => {
    const first = screen.findIndex((row) => /P0 33 .*T4 +31m07 over/u.test(row));
    const second = screen.findIndex((row) => /P1 61 .*T7 +4m12/u.test(row));
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first);
    expect(screen.slice(first, second).join("\n")).toContain("with COORD_QUALITY");
    expect(screen.slice(second, second + 4).join("\n")).toContain("with a person");
  });

  test("the hierarchy with what is stuck and busy below each branch", () => {
    expect(find(screen, /▾ ORCHESTRATOR +■3 ●8/u)).toContain("ORCHESTRATOR");
    expect(find(screen, /▾ COORD_QUALITY +■2 ●2/u)).toContain("COORD_QUALITY");
    expect(find(screen, /■ QA_TESTER_1.* T4 +31m/u)).toContain("QA_TESTER_1");
  });

  test("at least one pane, blank for the terminal's own cells", () => {
    const { panes } = dashboardParts({ columns, rows }).controller.layout();
    expect(panes.length).toBeGreaterThanOrEqual(1);
    for (const { inner } of panes) {
      for (let y = inner.y; y < inner.y + inner.height; y++)
        expect((screen[y] ?? "").slice(inner.x, inner.x + inner.width).trim()).toBe("");
    }
  });
});

describe("at 80×24", () => {
  test("the summary is always there, whatever tab is open", () => {
    for (const keys of [[], ["b"], ["s"], ["H"], ["T"], ["z"], ["p", "escape"]]) {
      const screen = rowsOf(80, 24, keys);
      expect(screen[0]).toMatch(/47\/100.*2:41\/7:00\+1:45.*[▲▼].*■2 \?1 ●5\/10/u);
      expect(screen[1]).toMatch(/A 21\/30.*B 11\/25■1.*F 0\/12.*■ P0 33/u);
    }
  });

  test("tabs show every terminal's sign and the keys of the lists", () => {
    expect(rowsOf(80, 24)[2]).toMatch(/ 1● 2● 3○ 4■ 5● 6◌ 7\? 8● 9□ 10● .*s streams.*b blockers.*H tree.*T list/u);
  });

  test("a list's tab shows what the board shows", () => {
    expect(find(rowsOf(80, 24, ["b"]), /P0 33 cannot install cryptography and cffi together +T4 +31m07 over/u)).toContain("P0");
    expect(find(rowsOf(80, 24, ["T"]), / 9 D .* □ exit 1 +12m +6\/10 77 /u)).toContain("exit 1");
  });
});

describe("small screens", () => {
  test("below 50×12 one line says so and how to leave", () => {
    const screen = rowsOf(49, 11);
    expect(screen.at(-1)).toContain("49x11 is too small (50x12)  d detach  q leave");
  });

  test.each([
    [50, 12],
    [64, 18],
    [99, 31],
    [107, 40],
    [147, 41],
    [300, 100],
  ])("%i×%i is filled exactly", (columns, rows) => {
    const screen = rowsOf(columns, rows);
    expect(screen).toHaveLength(rows);
    for (const row of screen) expect(stringWidth(row)).toBeLessThanOrEqual(columns);
    expect(screen.at(-1)).toContain("q leave");
  });
});

describe("whole variants", () => {
  test("ASCII has no character outside ASCII, whatever the plan's names are made of", () => {
    for (const keys of [[], ["?"], [":"], ["q"], ["p"], ["z"], ["1", "enter"], ["T"]]) {
      const screen = rowsOf(120, 36, keys, { theme: { ascii: true } });
      expect(screen.join("\n")).toMatch(/^[\n\x20-\x7e]*$/u);
    }
  });

  test("without colour the escape sequences only change weight, and every state still has its sign and its word", () => {
    const parts = dashboardParts({ columns: 120, rows: 36 });
    const shown = showChrome(parts.screen);
    for (const [sequence] of shown.written().matchAll(escapes)) expect(sequence).toMatch(/^\u001b\[(?:[01247;]|2[247])*m$/u);
    for (const word of ["● busy", "○ idle", "■ blocked", "? asking", "□ exit 1", "◌ starting"])
      expect(shown.rows().join("\n")).toContain(word);
    shown.unmount();
  });
});

describe("states of the marathon", () => {
  test("a rehearsal says so", () => {
    expect(rowsOf(160, 45, [], { state: { ...fixtureState(), rehearsal: true, speed: 600 } })[0]).toContain("REHEARSAL ×600");
    expect(rowsOf(80, 24, [], { state: { ...fixtureState(), rehearsal: true, speed: 600 } })[0]).toContain("REHEARSAL");
  });

  test("take-over is told by a chip and a heavy frame", () => {
    const screen = rowsOf(160, 45, ["4", "enter"]);
    expect(screen.at(-1)).toContain("TAKE-OVER 4");
    expect(screen.at(-1)).toContain("Ctrl-q release");
    expect(find(screen, /┏━|┲━|┢━/u)).toMatch(/[┏┲┢]━/u);
  });

  test("a lost engine is told at once, at both ends of the screen", () => {
    const parts = dashboardParts({ columns: 160, rows: 45 });
    parts.stores.marathon.connection({ status: "engine-gone", reason: "killed by signal 9" });
    const screen = chromeRows(parts.screen);
    expect(screen[0]).toContain("ENGINE GONE");
    expect(screen.at(-1)).toContain("engine gone: killed by signal 9");
  });

  test("before the engine answers there is a screen that can be left", () => {
    const screen = rowsOf(120, 36, [], { state: null });
    expect(screen).toHaveLength(36);
    expect(screen.at(-1)).toContain("q leave");
  });

  test("a plan without streams shows its sessions, one without blockers says so", () => {
    const state = fixtureState();
    const screen = rowsOf(120, 36, [], { state: { ...state, blockers: {}, plan: { ...state.plan, streams: [] } } });
    expect(find(screen, /─ Sessions ─/u)).toContain("Sessions");
    expect(find(screen, /none open/u)).toContain("none open");
  });

  test("text from outside cannot break the screen", () => {
    const state = fixtureState();
    const nasty = "\u001b[2J\u001b]0;x\u0007\r\n\tevil 導入導入導入導入導入導入 👩‍👩‍👧".repeat(3);
    const screen = rowsOf(160, 45, ["p"], {
      state: {
        ...state,
        title: nasty,
        plan: { ...state.plan, tasks: state.plan.tasks.map((task) => ({ ...task, title: nasty })) },
        log: state.log.map((line) => ({ ...line, text: nasty })),
      },
    });
    expect(screen).toHaveLength(45);
    for (const row of screen) {
      expect(row).not.toMatch(/[\u0000-\u001f]/u);
      expect(stringWidth(row)).toBeLessThanOrEqual(160);
    }
  });
});

describe("overlays", () => {
  test("the question covers what is below it, and marks detaching", () => {
    const screen = rowsOf(120, 36, ["q"]);
    expect(find(screen, /Leave the marathon\?/u)).toMatch(/┏━ Leave the marathon\? ━+┓/u);
    expect(find(screen, /▶ Detach/u)).toMatch(/┃ +▶ Detach {2}the agents go on/u);
  });

  test("help lists the keys of this context, the palette its commands with why some cannot be run", () => {
    expect(find(rowsOf(120, 50, ["?"]), /Enter {2}Take over/u)).toContain("Take over");
    expect(find(rowsOf(120, 50, ["b", "?"]), /Keys · List/u)).toContain("List");
    expect(find(rowsOf(120, 36, [":", "r", "e", "s", "t"]), /R {2}Restart the terminal's agent {2}terminal 1 is alive/u)).toContain(
      "alive",
    );
  });
});
