import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { scanned } from "../../src/commands/bundle-scan.ts";

test("context files and folders are looked through, each named once with its first line, and nothing of it quoted", () => {
  const project = mkdtempSync(join(tmpdir(), "scan-"));
  onTestFinished(() => rmSync(project, { recursive: true }));
  for (const folder of ["docs/deep", "docs/node_modules"]) mkdirSync(join(project, folder), { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(project, name), text);
  write("GUIDE.md", "nothing\nmail jo@clinic.org\non 2026-01-02 and 2026-01-03\n");
  write("docs/deep/net.md", "http://wiki.corp\n");
  write("docs/node_modules/x.md", "jo@clinic.org\n");
  write("docs/image.bin", "jo@clinic.org\0");
  write("docs/plain.md", "clean\n");
  symlinkSync(join(project, "docs"), join(project, "docs/again"));
  const paths = ["GUIDE.md", "docs", "missing.md"].map((name) => join(project, name));
  expect(scanned(paths, project)).toEqual(["GUIDE.md:2: 1 e-mail address, 2 dates", "docs/deep/net.md:1: 1 internal address"]);
});
