import { textOf } from "../../src/dashboard/lines.ts";
import { blockerPageLines } from "../../src/dashboard/views/blocker-page.ts";
import { describe, expect, test } from "vitest";
import type { MouseInput } from "../../src/dashboard/keys.ts";
import { dashboardParts, type PartsOptions } from "../support/dashboard-parts.ts";
import { fixtureState } from "../support/marathon-fixture.ts";

function dashboard(options: PartsOptions = {}) {
  const parts = dashboardParts(options);
  const view = () => parts.stores.view.getState();
  const toasts = () => view().toasts.map((toast) => toast.text);
  const mouse = (x: number, y: number, button: MouseInput["button"] = "left") => parts.controller.onMouse({ kind: "press", button, x, y });
  return { ...parts, view, toasts, mouse };
}

describe("before the engine has answered", () => {
  test("keys do nothing to what is not there yet, and say so; leaving works", () => {
    const { press, toasts, view, calls, stores } = dashboard();
    stores.marathon.connection({ status: "connecting" });
    press("t", "e", "4");
    expect(view()).toMatchObject({ view: "board", focused: 1, overlay: { kind: "none" } });
    expect(toasts()).toContain("still attaching: keys count once the engine answers");
    press("d");
    expect(calls).toEqual(["detach"]);
  });
});

describe("a key that means nothing", () => {
  test("says so, and how one gets to type into the terminal in front", () => {
    const { press, toasts, view } = dashboard();
    press("S");
    expect(toasts()).toEqual(["S means nothing here: Enter types into terminal 1, ? lists the keys"]);
    expect(view()).toMatchObject({ view: "board", overlay: { kind: "none" } });
    press("b", "S");
    expect(toasts().at(-1)).toBe("S means nothing here: ? lists the keys");
  });

  test("is taken as it is where text is asked for, and says nothing in a page", () => {
    const { press, toasts } = dashboard();
    press("?", "S", "escape", ":", "S");
    expect(toasts()).toEqual([]);
  });
});

describe("terminals", () => {
  test("the number of the terminal that is in front by itself goes there first, and zooms when it is pressed again", () => {
    const { press, stores } = dashboardParts();
    const { focused } = stores.view.getState();
    press(String(focused));
    expect(stores.view.getState()).toMatchObject({ focused, view: "board" });
    press(String(focused));
    expect(stores.view.getState()).toMatchObject({ focused, view: "zoom" });
  });

  test("a number goes to the terminal, again zooms it, and again comes back", () => {
    const { press, view } = dashboard();
    press("4");
    expect(view()).toMatchObject({ focused: 4, view: "board" });
    press("4");
    expect(view().view).toBe("zoom");
    press("7");
    expect(view()).toMatchObject({ focused: 7, view: "zoom" });
    press("7");
    expect(view().view).toBe("board");
    press("0");
    expect(view().focused).toBe(10);
  });

  test("a number without a terminal says so and changes nothing", () => {
    const state = fixtureState();
    const { press, view, toasts } = dashboard({
      state: { ...state, terminals: Object.fromEntries(Object.entries(state.terminals).slice(0, 3)) },
    });
    press("9");
    expect(view().focused).toBe(1);
    expect(toasts()).toEqual(["there is no terminal 9 in this marathon"]);
  });

  test("Tab walks through the panes that are shown, and around", () => {
    const { press, view, controller } = dashboard({ columns: 200, rows: 60 });
    const order = controller.layout().panes.map((pane) => pane.terminal);
    const seen = order.map(() => (press("tab"), view().focused));
    expect(seen).toEqual([...order.slice(1), order[0]]);
    press("shift+tab");
    expect(view().focused).toBe(order.at(-1));
  });

  test("the arrows go to the pane that lies there", () => {
    const { press, view } = dashboard({ columns: 200, rows: 60 });
    press("l");
    expect(view().focused).toBe(2);
    press("down", "j");
    expect(view().focused).toBe(6);
    press("h", "up", "up", "up");
    expect(view().focused).toBe(1);
  });

  test("Enter takes over, the release key gives back, and both are told once", () => {
    const { press, view, calls } = dashboard();
    press("2", "enter");
    expect(view()).toMatchObject({ context: "take-over", focused: 2 });
    press("d", "q", "z");
    expect(view().context).toBe("take-over");
    press("alt+5");
    expect(view()).toMatchObject({ context: "take-over", focused: 5 });
    press("ctrl+q");
    expect(view().context).toBe("dashboard");
    expect(calls).toEqual(["take-over 2", "take-over 5", "release"]);
  });

  test("a dead terminal is restarted with one key, a living one is not", () => {
    const { press, sent, toasts } = dashboard();
    press("9", "R");
    expect(sent).toEqual([{ name: "restart", terminal: 9 }]);
    press("1", "R");
    expect(sent).toHaveLength(1);
    expect(toasts()).toContain("terminal 1 is alive (busy)");
  });

  test("R tries the blocked tasks of a terminal again while no program of it runs", () => {
    const state = fixtureState();
    const four = state.terminals[4];
    if (four === undefined) throw new Error("the fixture has lost terminal 4");
    const idle = { ...four, state: "idle" as const, pid: null, task: null };
    const { press, sent, view } = dashboard({ state: { ...state, terminals: { ...state.terminals, 4: idle } } });
    press("b", "enter", "R");
    expect(sent).toEqual([{ name: "restart", terminal: 4 }]);
    expect(view().overlay.kind).toBe("none");
  });

  test("a refusal of the engine is shown with its reason", async () => {
    const { press, answers, toasts } = dashboard();
    answers.fail = "its program is not installed";
    press("9", "R");
    await Promise.resolve();
    await Promise.resolve();
    expect(toasts()).toContain("terminal 9 could not be restarted: its program is not installed");
  });

  test("scrolling stays within what is kept, follows again with Esc, and taking over shows the bottom", () => {
    const { press, view, stores } = dashboard();
    const modes = {
      applicationCursorKeys: false,
      applicationKeypad: false,
      bracketedPaste: false,
      focusEvents: false,
      mouse: "none",
      mouseEncoding: "default",
      cursorVisible: true,
      cursorStyle: 0,
      alternateScreen: false,
    } as const;
    stores.panes.update(1, { title: "", modes, cols: 80, rows: 12, scrollback: 9, scroll: 0 });
    press("pageup");
    expect(view().scroll[1]).toBe(6);
    press("pageup");
    expect(view().scroll[1]).toBe(9);
    press("pagedown");
    expect(view().scroll[1]).toBe(3);
    press("escape");
    expect(view().scroll[1]).toBe(0);
    press("g", "enter");
    expect(view().scroll[1]).toBe(0);
  });

  test("the key for who needs a person goes from one to the next, says why, and comes around", () => {
    const { press, view, toasts, screen } = dashboard();
    const needing = [...new Set(screen.frame().facts?.attention.map((item) => item.terminal))];
    const seen = needing.map(() => (press("!"), view().focused));
    expect(seen).toEqual(needing);
    expect(new Set(seen)).toEqual(new Set([4, 7, 9]));
    expect(toasts().length).toBeGreaterThan(0);
    press("!");
    expect(view().focused).toBe(needing[0]);
  });
});

describe("lists", () => {
  test("a letter goes to a list and the same letter back", () => {
    const { press, view } = dashboard();
    for (const [letter, area] of [
      ["b", "blockers"],
      ["s", "streams"],
      ["H", "hierarchy"],
      ["T", "terminals"],
    ] as const) {
      press(letter);
      expect(view().area).toBe(area);
      press(letter);
      expect(view().area).toBe("panes");
    }
  });

  test("the selection stays within the list; Enter goes to the terminal it is about, and opens a blocker's page", () => {
    const { press, view, screen } = dashboard();
    press("b", "k", "j", "j", "j");
    expect(view().selected.blockers).toBe(1);
    press("enter");
    // Its terminal comes to the front below the page; the list keeps the keys.
    expect(view()).toMatchObject({ focused: 7, area: "blockers", overlay: { kind: "blocker" } });
    const { overlay } = view();
    const lines = overlay.kind === "blocker" ? blockerPageLines(screen.frame(), overlay.id, 100) : [];
    expect(lines.map(textOf).join("\n")).toMatch(/ToastContext needs a decision[^]*Where it stands[^]*task 61/u);
    press("escape", "T", "G", "enter");
    expect(view().focused).toBe(10);
  });

  test("a stream leads to the one of its terminals that needs a look", () => {
    const { press, view } = dashboard();
    press("s", "j", "enter");
    expect(view().focused).toBe(4);
  });

  test("branches of the hierarchy fold and unfold, and folding a leaf goes to its branch", () => {
    const { press, view, screen } = dashboard({ columns: 200, rows: 60 });
    const rows = () => screen.frame().facts?.tree.map((node) => node.id) ?? [];
    press("H", "j");
    const before = rows();
    press("h");
    expect(rows().length).toBeLessThan(before.length);
    press("l");
    expect(rows()).toEqual(before);
    press("G", "h");
    expect(view().selected.hierarchy).toBeLessThan(before.length);
    press("g", "enter");
    expect(rows().length).toBeLessThan(5);
  });

  test("Esc goes back from list, zoom and scratchpad to the board", () => {
    const { press, view } = dashboard();
    press("s", "escape");
    expect(view().area).toBe("panes");
    press("z", "escape");
    expect(view().view).toBe("board");
    press("p", "escape");
    expect(view().view).toBe("board");
  });
});

describe("leaving", () => {
  test("d detaches at once", () => {
    const { press, calls } = dashboard();
    press("d");
    expect(calls).toEqual(["detach"]);
  });

  test("q asks, with detaching as the default", () => {
    const { press, calls, view } = dashboard();
    press("q");
    expect(view().overlay.kind).toBe("choice");
    press("enter");
    expect(calls).toEqual(["detach"]);
  });

  test("stopping everything asks once more, with no as the default", async () => {
    const { press, calls, sent, view } = dashboard();
    press("q", "down", "enter", "enter");
    expect(view().overlay.kind).toBe("none");
    expect(sent).toEqual([]);
    press("q", "down", "enter", "down", "enter");
    expect(sent).toEqual([{ name: "stop", terminal: null, now: false }]);
    await Promise.resolve();
    await Promise.resolve();
    expect(calls).toEqual(["stopped"]);
  });

  test("Esc and the last choice change nothing", () => {
    const { press, calls, sent, view } = dashboard();
    press("q", "escape");
    press("q", "up", "enter");
    expect(view().overlay.kind).toBe("none");
    expect([calls, sent]).toEqual([[], []]);
  });

  test("on a screen too small for a question, and without an engine, q detaches", () => {
    const small = dashboard({ columns: 40, rows: 8 });
    small.press("q");
    expect(small.calls).toEqual(["detach"]);
    const orphan = dashboard();
    orphan.stores.marathon.connection({ status: "engine-gone", reason: "killed" });
    orphan.press("q");
    expect(orphan.calls).toEqual(["detach"]);
  });
});

describe("palette, help, scratchpad", () => {
  test("the palette finds a command by a part of its name and runs it", () => {
    const { press, view } = dashboard();
    press(":", ..."hier", "enter");
    expect(view()).toMatchObject({ overlay: { kind: "none" }, area: "hierarchy" });
  });

  test("keys are typed into the palette, erased, and not taken for commands", () => {
    const { press, view, calls } = dashboard();
    press(":", "d", "q", "z", "backspace");
    expect(view().overlay).toMatchObject({ kind: "palette", query: "dq" });
    press("ctrl+u");
    expect(view().overlay).toMatchObject({ kind: "palette", query: "" });
    expect(calls).toEqual([]);
  });

  test("a command that cannot be run now says why when the palette runs it", () => {
    const { press, toasts } = dashboard();
    press(":", ..."restart", "enter");
    expect(toasts()).toEqual(["terminal 1 is alive (busy)"]);
  });

  test("help scrolls to its end and no further, and closes with the key that opened it", () => {
    const { press, view } = dashboard({ columns: 80, rows: 24 });
    press("?", "pagedown", "pagedown", "pagedown", "pagedown", "pagedown", "pagedown");
    const end = view().overlay.kind === "help" ? (view().overlay as { scroll: number }).scroll : -1;
    expect(end).toBeGreaterThan(5);
    press("pagedown");
    expect(view().overlay).toMatchObject({ scroll: end });
    press("?");
    expect(view().overlay.kind).toBe("none");
  });

  test("on the page of keys / finds a key by its words, Enter reads on, Escape has all of them again", () => {
    const { press, view } = dashboard();
    press("?", "/", ..."jump", "space", "q");
    expect(view().overlay).toMatchObject({ kind: "help", query: "jump q", typing: true });
    press("backspace", "backspace", "enter");
    expect(view().overlay).toMatchObject({ kind: "help", query: "jump", typing: false });
    press("j");
    expect(view().overlay).toMatchObject({ kind: "help", query: "jump" });
    press("/", "escape");
    expect(view().overlay).toMatchObject({ kind: "help", query: "", typing: false });
    press("escape");
    expect(view().overlay.kind).toBe("none");
  });

  test("the scratchpad opens the newest file, follows the selection, and says when one cannot be read", async () => {
    const folder = "/work/project/.claude/Scratchpad";
    const { press, view } = dashboard({ files: { [`${folder}/terminal-04.md`]: "- [!] 33 stuck\n- [x] 32" } });
    press("p");
    await Promise.resolve();
    expect(view().file).toEqual({ path: `${folder}/terminal-04.md`, lines: ["- [!] 33 stuck", "- [x] 32"], error: null });
    press("j");
    await Promise.resolve();
    await Promise.resolve();
    expect(view().file?.error).toContain("SESSION_024_HANDOFF.md failed: no such file");
  });
});

describe("the mouse", () => {
  test("a click goes to a pane, a double click zooms it", () => {
    const { mouse, view, controller, pass } = dashboard({ columns: 200, rows: 60 });
    const pane = controller.layout().panes.find((one) => one.terminal === 6)?.inner ?? { x: 0, y: 0 };
    mouse(pane.x + 3, pane.y + 2);
    expect(view()).toMatchObject({ focused: 6, view: "board" });
    pass(1000);
    mouse(pane.x + 3, pane.y + 2);
    expect(view().view).toBe("board");
    pass(100);
    mouse(pane.x + 3, pane.y + 2);
    expect(view().view).toBe("zoom");
  });

  test("a click on a row opens it, and the wheel scrolls what is below it", () => {
    const { mouse, press, view, controller } = dashboard();
    const blockers = controller.layout().lists.find((list) => list.name === "blockers")?.inner ?? { x: 0, y: 0 };
    mouse(blockers.x + 4, blockers.y);
    expect(view()).toMatchObject({ focused: 4, overlay: { kind: "blocker" } });
    press("escape");
    const tree = controller.layout().lists.find((list) => list.name === "hierarchy")?.inner ?? { x: 0, y: 0 };
    controller.run("hierarchy");
    mouse(tree.x + 1, tree.y + 1, "wheel-down");
    expect(view().selected.hierarchy).toBe(1);
  });

  test("clicks below an overlay do nothing", () => {
    const { mouse, press, view } = dashboard();
    press("q");
    mouse(60, 20);
    expect(view()).toMatchObject({ focused: 1, overlay: { kind: "choice" } });
  });
});

describe("before the engine has answered", () => {
  test("nothing that needs the marathon can be done, and leaving works", () => {
    const { press, calls, view } = dashboard({ state: null });
    press("1", "tab", "b", "j", "enter", "escape", "z", "!", "p", "escape", "H", "h", "escape");
    expect(view().context).toBe("dashboard");
    press("d");
    expect(calls).toEqual(["detach"]);
  });
});
