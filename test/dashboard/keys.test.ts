import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyId, keyLabel, parseKeyId } from "../../src/dashboard/keys.ts";
import { key } from "../support/dashboard-parts.ts";

describe("keys", () => {
  test.each([
    ["Ctrl-l", "ctrl+l"],
    ["C-l", "ctrl+l"],
    ["ctrl+L", "ctrl+l"],
    ["S-Tab", "shift+tab"],
    ["Alt-1", "alt+1"],
    ["M-x", "alt+x"],
    ["PgUp", "pageup"],
    ["shift+a", "A"],
    ["?", "?"],
    ["+", "+"],
    ["-", "-"],
    ["ctrl+-", "ctrl+-"],
    ["F5", "f5"],
    [" enter ", "enter"],
  ])("a person's %j is read as %j", (written, id) => {
    expect(parseKeyId(written)).toBe(id);
  });

  test.each(["", "hyper+x", "ctrl+", "nosuchkey", "f13"])("%j names no key", (written) => {
    expect(parseKeyId(written)).toBeNull();
  });

  test("shift is part of a printable character and a modifier of a named key", () => {
    expect(keyId(key("A"))).toBe("A");
    expect(keyId({ name: "?", ctrl: false, alt: false, shift: true, text: "?" })).toBe("?");
    expect(keyId(key("shift+tab"))).toBe("shift+tab");
  });

  test("a shown key can be read back, whatever its modifiers", () => {
    const names = fc.constantFrom("a", "z", "0", "!", ":", "enter", "tab", "pageup", "left", "f12", "escape", "space");
    fc.assert(
      fc.property(names, fc.boolean(), fc.boolean(), (name, ctrl, alt) => {
        const id = keyId({ name, ctrl, alt, shift: false, text: "" });
        expect(parseKeyId(keyLabel(id, true))).toBe(id);
      }),
    );
  });
});
