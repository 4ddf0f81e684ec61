import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createIssue } from "../../src/engine/github.ts";
import { writeReview } from "../../src/engine/review-paper.ts";
import { papers } from "../../src/engine/papers.ts";
import { temporaryFolder as folder } from "./folder.ts";

afterEach(() => void vi.unstubAllEnvs());

describe("files that people and agents also write", () => {
  test("are made once: what is there already stays as it is", () => {
    const path = join(folder(), "deep", "TASK_033_HANDOFF.md");
    expect(papers.create(path, "first\n")).toBe(true);
    expect(papers.create(path, "second\n")).toBe(false);
    expect(papers.read(path)).toBe("first\n");
  });

  test("are whole or not there when the disk takes only a part of them", () => {
    const path = join(folder(), "MARATHON_AAR.md");
    const script = `
      import { papers } from ${JSON.stringify(join(import.meta.dirname, "../../src/engine/papers.ts"))};
      try { papers.create(${JSON.stringify(path)}, "x".repeat(1e6)); } catch (error) { console.log(error.code); }`;
    // No file may grow beyond 64 kilobytes: as on a full disk, a first part is taken and the rest refused.
    const ran = spawnSync("bash", ["-c", 'ulimit -f 64; exec "$0" --input-type=module -e "$1"', process.execPath, script], {
      encoding: "utf8",
    });
    expect([ran.stdout, ran.stderr]).toEqual(["EFBIG\n", ""]);
    expect(existsSync(path)).toBe(false);
  });

  test("are added to at their end", () => {
    const path = join(folder(), "TASK_033_BLOCKER.md");
    writeFileSync(path, "an agent's words\n");
    papers.append(path, "\n## ours\n");
    expect(readFileSync(path, "utf8")).toBe("an agent's words\n\n## ours\n");
  });

  test("are never written through a link", () => {
    const place = folder();
    const [mine, link] = [join(place, "bashrc"), join(place, "HUMAN_TODO.md")];
    writeFileSync(mine, "alias x=y\n");
    symlinkSync(mine, link);
    expect(() => papers.read(link)).toThrow(/HUMAN_TODO\.md is a link: nothing was written there/u);
    expect(() => papers.append(link, "x")).toThrow(/is a link/u);
    expect(() => papers.replace(link, "x")).toThrow(/is a link/u);
    expect(papers.create(link, "x")).toBe(false);
    expect(readFileSync(mine, "utf8")).toBe("alias x=y\n");
  });

  test("are seen to lie elsewhere when a folder on their way is a link", () => {
    const [project, elsewhere] = [folder(), folder()];
    symlinkSync(elsewhere, join(project, "notes"));
    expect(papers.leadsOut(join(project, "HUMAN_TODO.md"), project)).toBe(false);
    expect(papers.leadsOut(join(project, "new", "deep", "HUMAN_TODO.md"), project)).toBe(false);
    expect(papers.leadsOut(join(project, "notes", "HUMAN_TODO.md"), project)).toBe(true);
    expect(papers.leadsOut(join(project, "notes", "new", "HUMAN_TODO.md"), project)).toBe(true);
  });

  test("that are too large for a note are left alone", () => {
    const path = join(folder(), "HUMAN_TODO.md");
    writeFileSync(path, Buffer.alloc(5 * 1024 * 1024, 120));
    expect(() => papers.read(path)).toThrow(/too large for a note/u);
  });

  test("have another stamp when somebody edits them, and none when they are gone", () => {
    const path = join(folder(), "HUMAN_TODO.md");
    expect(papers.stamp(path)).toBeNull();
    writeFileSync(path, "- [ ] one\n");
    const before = papers.stamp(path);
    expect(papers.stamp(path)).toBe(before);
    writeFileSync(path, "- [x] one, done\n");
    expect(papers.stamp(path)).not.toBe(before);
  });

  test("that are not there are null", () => {
    expect(papers.read(join(folder(), "nothing.md"))).toBeNull();
  });
});

describe("an issue", () => {
  function gh(script: string): string {
    const place = folder();
    writeFileSync(join(place, "gh"), `#!/bin/sh\n${script}\n`);
    chmodSync(join(place, "gh"), 0o755);
    vi.stubEnv("PATH", `${place}:/usr/bin:/bin`);
    return place;
  }

  test("is opened with gh, which is asked nothing and told title and file", async () => {
    const place = gh('echo "$*" > said; [ "$GH_PROMPT_DISABLED" = 1 ] && echo https://github.com/o/r/issues/7');
    expect(await createIssue(place, "P0: no disk", "/tmp/body.md")).toEqual({ url: "https://github.com/o/r/issues/7", why: null });
    expect(readFileSync(join(place, "said"), "utf8")).toBe("issue create --title P0: no disk --body-file /tmp/body.md\n");
  });

  test("that gh cannot open is told with its reason", async () => {
    const place = gh("echo 'not logged in' >&2; exit 4");
    expect(await createIssue(place, "t", "f")).toEqual({ url: null, why: "gh could not open the issue: not logged in" });
  });

  test("is not opened where there is no gh", async () => {
    vi.stubEnv("PATH", folder());
    expect(await createIssue(folder(), "t", "f")).toEqual({ url: null, why: "gh is not installed, so no issue was opened" });
  });
});

describe("a drafted review", () => {
  const write = (where: string, text: string, marathon = "m-1") => writeReview(papers, where, marathon, text);

  test("replaces the draft before it, as long as nobody has changed that", () => {
    const where = folder();
    const file = write(where, "# one\n");
    expect(file).toBe(join(where, "MARATHON_AAR.md"));
    expect(write(where, "# two\n")).toBe(file);
    expect(readFileSync(file, "utf8")).toMatch(/^# two\n\n<!-- draft of marathon m-1, [0-9a-f]{16}: .*-->\n$/u);
  });

  test("leaves what people have written in one alone, and the draft of an earlier marathon, and stands beside them", () => {
    const where = folder();
    const first = write(where, "# one\n");
    const edited = readFileSync(first, "utf8").replace("# one", "# one, and my verdict");
    writeFileSync(first, edited);
    expect(write(where, "# two\n")).toBe(join(where, "MARATHON_AAR_2.md"));
    expect(write(where, "# three\n")).toBe(join(where, "MARATHON_AAR_2.md"));
    expect(write(where, "# four\n", "m-2")).toBe(join(where, "MARATHON_AAR_3.md"));
    expect(readFileSync(first, "utf8")).toBe(edited);
    expect(readFileSync(join(where, "MARATHON_AAR_2.md"), "utf8")).toContain("# three");
  });

  test("stands beside a link, a folder and a file of another size than reviews have, and changes none of them", () => {
    const where = folder();
    const mine = join(folder(), "bashrc");
    writeFileSync(mine, "alias x=y\n");
    symlinkSync(mine, join(where, "MARATHON_AAR.md"));
    mkdirSync(join(where, "MARATHON_AAR_2.md"));
    writeFileSync(join(where, "MARATHON_AAR_3.md"), Buffer.alloc(5 * 1024 * 1024, 120));
    // A link that leads nowhere is one all the same.
    symlinkSync(join(where, "nowhere"), join(where, "MARATHON_AAR_4.md"));
    expect(write(where, "# one\n")).toBe(join(where, "MARATHON_AAR_5.md"));
    expect(readFileSync(mine, "utf8")).toBe("alias x=y\n");
    expect(existsSync(join(where, "nowhere"))).toBe(false);
  });
});
