/** A dashboard without a terminal, an engine or a clock of its own, for tests and for looking at frames. */
import type { Key } from "../../src/dashboard/keys.ts";
import { commands } from "../../src/dashboard/commands.ts";
import { createController } from "../../src/dashboard/controller.ts";
import { createKeymap, type KeyOverrides } from "../../src/dashboard/keymap.ts";
import { createScreen } from "../../src/dashboard/screen.ts";
import { createStores } from "../../src/dashboard/stores/stores.ts";
import { createTheme, type ThemeOptions } from "../../src/dashboard/theme.ts";
import type { State } from "../../src/marathon/types.ts";
import type { Request } from "../../src/protocol/messages.ts";
import { fixtureAt, fixtureState, fixtureT } from "./marathon-fixture.ts";

export interface PartsOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly state?: State | null;
  readonly theme?: Partial<ThemeOptions>;
  readonly keys?: KeyOverrides;
  readonly files?: Readonly<Record<string, string>>;
}

export function dashboardParts(options: PartsOptions = {}) {
  const time = { at: fixtureAt };
  const timers: { readonly at: number; readonly run: () => void }[] = [];
  const later = (ms: number, run: () => void) => {
    const timer = { at: time.at + ms, run };
    timers.push(timer);
    return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
  };
  const keymap = createKeymap(commands, options.keys);
  const stores = createStores({
    fold: (state, event) => ({ ...state, seq: event.seq }),
    monotonic: () => time.at,
    size: { columns: options.columns ?? 160, rows: options.rows ?? 45 },
    later,
  });
  const state = options.state === undefined ? fixtureState() : options.state;
  if (state !== null) stores.marathon.welcome(state, { at: fixtureAt, t: fixtureT, rate: 1 });
  const theme = createTheme({ ascii: false, colour: false, ...options.theme });
  const screen = createScreen({ stores, commands: keymap.commands, theme, later });
  const sent: Request[] = [];
  const calls: string[] = [];
  const answers: { fail: string | null } = { fail: null };
  const controller = createController({
    stores,
    screen,
    keymap,
    wallClock: () => time.at,
    send: (request) => {
      sent.push(request);
      return answers.fail === null ? Promise.resolve(null) : Promise.reject(new Error(answers.fail));
    },
    onDetach: () => calls.push("detach"),
    onStopped: () => calls.push("stopped"),
    onTakeOver: (terminal) => calls.push(`take-over ${terminal}`),
    onRelease: () => calls.push("release"),
    onRedraw: () => calls.push("redraw"),
    readFile: (path) => {
      const text = options.files?.[path];
      return text === undefined ? Promise.reject(new Error("no such file")) : Promise.resolve(text);
    },
    shown: () => undefined,
    copyOut: (text) => Promise.resolve(text),
    later,
  });
  return {
    stores,
    screen,
    controller,
    keymap,
    theme,
    sent,
    calls,
    answers,
    press: (...names: readonly string[]) => {
      for (const name of names) controller.onKey(key(name));
    },
    /** Lets time pass; timers that are due fire. */
    pass: (ms: number) => {
      time.at += ms;
      for (const timer of timers.filter((one) => one.at <= time.at)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.run();
      }
    },
  };
}

/** A key as the stdin router would parse it, from its notation: "j", "A", "ctrl+l", "shift+tab". */
export function key(notation: string): Key {
  const parts = notation.length === 1 ? [notation] : notation.split("+");
  const name = parts.at(-1) ?? "";
  const modifiers = new Set(parts.slice(0, -1));
  const printable = [...name].length === 1;
  return {
    name,
    ctrl: modifiers.has("ctrl"),
    alt: modifiers.has("alt"),
    shift: modifiers.has("shift") || /^[A-Z]$/u.test(name),
    text: printable ? name : name === "space" ? " " : "",
  };
}
