import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { main } from "../../src/cli.ts";
import { scrollbackLines } from "../../src/commands/scrollback.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "marathon-scrollback-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the lines that terminals keep", () => {
  const said = (text: string) => writeFileSync(join(folder, "spec.json"), text);

  test("are 10,000, unless the command line says otherwise", () => {
    expect(scrollbackLines(undefined, folder)).toBe(10_000);
    expect(scrollbackLines(0, folder)).toBe(0);
    expect(scrollbackLines(50_000, folder)).toBe(50_000);
  });

  test("are as many as before for a marathon that is taken up again", () => {
    said('{"scrollback":2000}');
    expect(scrollbackLines(undefined, folder)).toBe(2000);
    expect(scrollbackLines(300, folder)).toBe(300);
  });

  test.each(["", "{", "null", '{"scrollback":-1}', '{"scrollback":"9"}', '{"scrollback":1e9}'])("are the usual number after %j", (text) => {
    said(text);
    expect(scrollbackLines(undefined, folder)).toBe(10_000);
  });

  test.each(["-1", "200001", "many", "1.5"])("cannot be %s", async (lines) => {
    expect(await main(["run", "plan.md", "--dry-run", `--scrollback=${lines}`])).toBe(2);
  });
});
