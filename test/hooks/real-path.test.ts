import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { realPath } from "../../src/engine/hooks/real-path.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "real-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(join(folder, "src"));
mkdirSync(join(folder, "other"));
writeFileSync(join(folder, "src/file"), "");
symlinkSync(join(folder, "other"), join(folder, "src/link"));
symlinkSync(join(folder, "nowhere"), join(folder, "src/dangling"));
symlinkSync("circle", join(folder, "src/circle"));

test.each([
  ["src/file", "src/file"],
  ["src/new/deep/file", "src/new/deep/file"],
  ["src/link/new", "other/new"],
])("%s is %s", (path, real) => {
  expect(realPath(join(folder, path))).toBe(join(folder, real));
});

test.each(["src/dangling", "src/dangling/x", "src/circle", "src/file/below"])("of %s it is not known", (path) => {
  expect(realPath(join(folder, path))).toBeNull();
});
