import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rememberedLook } from "../../src/commands/look.ts";
import { arrangements, defaultLook, lookText, readLook } from "../../src/dashboard/layout/arrangement.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "marathon-look-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the layout that a dashboard begins with", () => {
  const look = (asked?: string, variable?: string) =>
    rememberedLook(folder, asked, variable === undefined ? {} : { MARATHON_LAYOUT: variable }).look;

  test("is the grid with frames, until a person chooses another one; that one is the next dashboard's", () => {
    expect(look()).toEqual(defaultLook);
    expect(rememberedLook(folder, undefined, {}).remember({ arrangement: "focus", frames: false })).toBeNull();
    expect(readFileSync(join(folder, "layout"), "utf8")).toBe("focus,frameless\n");
    expect(look()).toEqual({ arrangement: "focus", frames: false });
  });

  test("is what the command line says before what MARATHON_LAYOUT says before what was left; each says only what it names", () => {
    rememberedLook(folder, undefined, {}).remember({ arrangement: "wall", frames: false });
    expect(look(undefined, "focus")).toEqual({ arrangement: "focus", frames: false });
    expect(look("grid", "focus,framed")).toEqual({ arrangement: "grid", frames: true });
    expect(look("frameless", "attention framed")).toEqual({ arrangement: "attention", frames: false });
    expect(look(undefined, "")).toEqual({ arrangement: "wall", frames: false });
  });

  test("is refused by name, with the names that there are, when there is none of that name", () => {
    expect(() => look("gird")).toThrow('--layout: there is no layout "gird": choose one of grid, focus, attention, wall');
    expect(() => look(undefined, "focus,borderless")).toThrow('MARATHON_LAYOUT: there is no layout "borderless"');
    expect(() => look(" , ")).toThrow("--layout: no layout was named");
  });

  test("does not hang on the file: one that is damaged is as good as none, one that cannot be written is told", () => {
    writeFileSync(join(folder, "layout"), "\u0000\u0001 nonsense");
    expect(look()).toEqual(defaultLook);
    const nowhere = rememberedLook(join(folder, "missing"), undefined, {});
    expect(nowhere.remember(defaultLook)).toMatch(/^the layout could not be kept in .*missing\/layout: /u);
    mkdirSync(join(folder, "missing", "layout"), { recursive: true });
    expect(rememberedLook(join(folder, "missing"), undefined, {}).look).toEqual(defaultLook);
  });
});

test("every look can be written and read back, and reading never throws", () => {
  const any = fc.record({ arrangement: fc.constantFrom(...arrangements), frames: fc.boolean() });
  fc.assert(
    fc.property(any, fc.string(), (look, text) => {
      expect(readLook(lookText(look))).toEqual(look.frames ? { ...look, frames: true } : look);
      readLook(text);
    }),
  );
});
