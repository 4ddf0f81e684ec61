import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { watchScratchpad, type Scratchpad } from "../../src/engine/scratchpad.ts";
import type { WatchFolder } from "../../src/engine/file-watcher.ts";
import type { ScratchReading } from "../../src/plan/report-types.ts";
import { eventually } from "../support/eventually.ts";
import { FakeFileWatcher } from "../support/fake-file-watcher.ts";
import { asOrdinaryUser } from "../support/ordinary-user.ts";
import { temporaryFolder } from "./folder.ts";

// On a busy machine real watchers take their time.
vi.setConfig({ testTimeout: 30_000 });

/** Stands in for plan/scratch.ts: the text comes back as the kind of the name, so that tests can see it. */
function read(_path: string, text: string): ScratchReading {
  const name = { kind: text, session: null, task: null, terminal: null, placeholder: false };
  return { name, ticks: [], handoff: null, blocker: null, lines: text.split("\n").length };
}

interface Bench {
  readonly project: string;
  readonly folder: string;
  readonly pad: Scratchpad;
  /** What a follower of the reports believes each file says, by name. */
  readonly texts: Map<string, string>;
  readonly notes: Map<string, string>;
  readonly log: string[];
  readonly faults: string[];
}

const NEVER = 1_000_000;

function bench(
  options: { watch?: WatchFolder; rescanMs?: number; project?: string; folder?: string; prepare?: (folder: string) => void } = {},
): Bench {
  const project = options.project ?? temporaryFolder();
  const folder = options.folder ?? join(project, ".claude", "Scratchpad");
  options.prepare?.(folder);
  const texts = new Map<string, string>();
  const notes = new Map<string, string>();
  const log: string[] = [];
  const faults: string[] = [];
  const nameOf = (path: string) => path.slice(folder.length + 1);
  const pad = watchScratchpad([folder], {
    project,
    read,
    reading(path, _bytes, reading, note) {
      texts.set(nameOf(path), reading.name.kind);
      if (note === null) notes.delete(nameOf(path));
      else notes.set(nameOf(path), note);
      log.push(`${nameOf(path)}: ${reading.name.kind.slice(0, 40)}`);
    },
    removed(path) {
      texts.delete(nameOf(path));
      notes.delete(nameOf(path));
      log.push(`${nameOf(path)} removed`);
    },
    fault: (text) => void faults.push(text),
    rescanMs: options.rescanMs ?? NEVER,
    ...(options.watch ? { watch: options.watch } : {}),
  });
  onTestFinished(() => pad.close());
  return { project, folder, pad, texts, notes, log, faults };
}

/** By rescans only: nothing is seen before a look. */
function blind(prepare?: (folder: string) => void): Bench & { readonly watcher: FakeFileWatcher } {
  const watcher = new FakeFileWatcher();
  return { ...bench({ watch: watcher.watch, ...(prepare ? { prepare } : {}) }), watcher };
}

function prepared(files: Record<string, string | Buffer>): (folder: string) => void {
  return (folder) => {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  };
}

describe("a scratchpad", () => {
  test("is made below the project when missing", async () => {
    const { pad, folder, faults } = blind();
    await pad.look();
    expect(statSync(folder).isDirectory()).toBe(true);
    expect(faults).toEqual([]);
  });

  test("is not made elsewhere, which is said once, and is taken up when it appears", async () => {
    const folder = join(temporaryFolder(), "elsewhere");
    const one = bench({ folder, watch: new FakeFileWatcher().watch });
    await one.pad.look();
    await one.pad.look();
    expect(one.faults).toEqual([expect.stringContaining("lies outside the project")]);
    prepared({ "a.md": "late" })(folder);
    await one.pad.look();
    expect(one.log).toEqual(["a.md: late"]);
  });

  test("that is a link out of the project is not made through the link", async () => {
    const outside = temporaryFolder();
    const { pad, faults } = blind((folder) => {
      mkdirSync(join(folder, "..", ".."), { recursive: true });
      symlinkSync(outside, join(folder, ".."));
    });
    await pad.look();
    expect(faults).toEqual([expect.stringContaining("outside the project")]);
  });

  test("may itself be a link to a folder that exists; its files are reported under the link", async () => {
    const outside = temporaryFolder();
    writeFileSync(join(outside, "a.md"), "there");
    const one = bench({
      prepare: (folder) => {
        mkdirSync(join(folder, ".."), { recursive: true });
        symlinkSync(outside, folder);
      },
    });
    await one.pad.look();
    expect(one.texts).toEqual(new Map([["a.md", "there"]]));
    writeFileSync(join(outside, "b.md"), "seen by the watcher");
    await eventually(() => expect(one.texts.get("b.md")).toBe("seen by the watcher"));
  });

  test("tells what is there at the start, and the same content only once", async () => {
    const { pad, folder, log } = blind(prepared({ "a.md": "one", "b.txt": "two" }));
    await pad.look();
    expect(log.toSorted()).toEqual(["a.md: one", "b.txt: two"]);
    writeFileSync(join(folder, "a.md"), "one");
    await pad.look();
    expect(log).toHaveLength(2);
    writeFileSync(join(folder, "a.md"), "three");
    await pad.look();
    expect(log[2]).toBe("a.md: three");
  });

  test("tells what is removed, and a file that comes back", async () => {
    const { pad, folder, log } = blind(prepared({ "a.md": "one" }));
    await pad.look();
    unlinkSync(join(folder, "a.md"));
    await pad.look();
    writeFileSync(join(folder, "a.md"), "one");
    await pad.look();
    expect(log).toEqual(["a.md: one", "a.md removed", "a.md: one"]);
  });

  test("takes no notice of hidden and backup files", async () => {
    const { pad, log, watcher, folder } = blind(prepared({ ".a.md.swp": "x", "a.md~": "x", "a.md": "real" }));
    await pad.look();
    expect(log).toEqual(["a.md: real"]);
    expect(watcher.asked).toEqual([folder]);
  });

  test("calls nothing any more after its close", async () => {
    const { pad, folder, log, watcher } = blind(prepared({ "a.md": "one" }));
    await pad.look();
    watcher.touch(join(folder, "a.md"));
    writeFileSync(join(folder, "a.md"), "two");
    await pad.close();
    expect(log).toEqual(["a.md: one"]);
    expect(watcher.open.size).toBe(0);
  });
});

describe("files that are not what they should be", () => {
  async function noteOf(name: string, prepare: (folder: string) => void): Promise<{ note: string | undefined; text: string | undefined }> {
    const { pad, notes, texts, faults } = blind((folder) => {
      mkdirSync(folder, { recursive: true });
      prepare(folder);
    });
    await pad.look();
    expect(faults).toEqual([]);
    return { note: notes.get(name), text: texts.get(name) };
  }

  test("pipes and links to devices are listed and never opened", async () => {
    expect(await noteOf("pipe.md", (folder) => execFileSync("mkfifo", [join(folder, "pipe.md")]))).toEqual({
      note: "a pipe: not opened",
      text: "",
    });
    expect(await noteOf("zero.md", (folder) => symlinkSync("/dev/zero", join(folder, "zero.md")))).toEqual({
      note: "a link out of the folder: not followed",
      text: "",
    });
  });

  test("links are followed to files of the folder only", async () => {
    expect(
      await noteOf("in.md", (folder) => (writeFileSync(join(folder, "a.md"), "inside"), symlinkSync("a.md", join(folder, "in.md")))),
    ).toEqual({ note: undefined, text: "inside" });
    expect((await noteOf("out.md", (folder) => symlinkSync("/etc/passwd", join(folder, "out.md")))).text).toBe("");
    expect((await noteOf("loop.md", (folder) => symlinkSync("loop.md", join(folder, "loop.md")))).note).toBe("a link that leads nowhere");
    expect((await noteOf("up.md", (folder) => symlinkSync(".", join(folder, "up.md")))).note).toBe("a link to a folder: not followed");
  });

  test("binary files and other kinds of names are listed, not read", async () => {
    expect(await noteOf("a.md", (folder) => writeFileSync(join(folder, "a.md"), Buffer.from([35, 0, 1])))).toEqual({
      note: "binary: not read",
      text: "",
    });
    expect(await noteOf("a.log", (folder) => writeFileSync(join(folder, "a.log"), "secret"))).toEqual({
      note: "not read: only .md and .txt are",
      text: "",
    });
  });

  test("a listed file that grows is not told again and again", async () => {
    const { pad, folder, log } = blind(prepared({ "a.log": "1" }));
    await pad.look();
    appendFileSync(join(folder, "a.log"), "2");
    await pad.look();
    expect(log).toEqual(["a.log: "]);
  });

  test("bytes that are no UTF-8 are shown as such and the rest is read; UTF-16 is read", async () => {
    const broken = await noteOf("a.md", (folder) => writeFileSync(join(folder, "a.md"), Buffer.from([0x61, 0xff, 0x62])));
    expect(broken).toEqual({ note: expect.stringContaining("not valid UTF-8") as string, text: "a\ufffdb" });
    expect(await noteOf("b.md", (folder) => writeFileSync(join(folder, "b.md"), "a\ufffdb"))).toEqual({
      note: undefined,
      text: "a\ufffdb",
    });
    expect(await noteOf("c.md", (folder) => writeFileSync(join(folder, "c.md"), Buffer.from("\ufeffwide", "utf16le")))).toEqual({
      note: undefined,
      text: "wide",
    });
  });

  test("of a huge file whole lines of the beginning and the end are read", async () => {
    const lines = Array.from({ length: 400_000 }, (_, index) => `line ${index}`);
    const { note, text } = await noteOf("a.md", (folder) => writeFileSync(join(folder, "a.md"), lines.join("\n")));
    expect(note).toMatch(/MB: only the first 256 KB and the last 768 KB/);
    expect(text?.startsWith("line 0\n")).toBe(true);
    expect(text?.endsWith("\nline 399999")).toBe(true);
    expect(text?.split("\n").every((line) => /^line \d+$/.test(line))).toBe(true);
    expect(Buffer.byteLength(text ?? "")).toBeLessThanOrEqual(1024 * 1024);
  });

  test("a gigabyte of nothing costs no more than a megabyte", async () => {
    const { note } = await noteOf(
      "a.md",
      (folder) => (writeFileSync(join(folder, "a.md"), "x\n"), truncateSync(join(folder, "a.md"), 2 ** 30)),
    );
    expect(note).toBe("binary: not read");
  });

  test("a file or folder without permission is said and is not taken for gone", () =>
    asOrdinaryUser(async (project) => {
      const one = bench({ project, watch: new FakeFileWatcher().watch, prepare: prepared({ "a.md": "one" }) });
      const { folder } = one;
      await one.pad.look();
      expect(one.texts.get("a.md")).toBe("one");
      chmodSync(join(folder, "a.md"), 0);
      await one.pad.look();
      expect(one.notes.get("a.md")).toBe("no permission to read it");
      chmodSync(folder, 0);
      await one.pad.look();
      chmodSync(folder, 0o700);
      expect(one.faults).toHaveLength(1);
      expect(one.log.filter((line) => line.endsWith("removed"))).toEqual([]);
    }));

  test("a thousand new files are read quickly and none is missed", async () => {
    const files = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`file-${index}.md`, `text ${index}`]));
    const { pad, texts } = blind(prepared(files));
    await pad.look();
    expect(texts).toEqual(new Map(Object.entries(files)));
  });
});

describe("what a watcher does not see", () => {
  test("a folder that was swapped is watched anew, and its files are those of the new one", async () => {
    const { pad, folder, texts, watcher } = blind(prepared({ "a.md": "old", "b.md": "old" }));
    await pad.look();
    renameSync(folder, `${folder}-away`);
    prepared({ "b.md": "new", "c.md": "new" })(folder);
    await pad.look();
    expect(texts).toEqual(
      new Map([
        ["b.md", "new"],
        ["c.md", "new"],
      ]),
    );
    expect(watcher.asked).toHaveLength(2);
    expect(watcher.open.size).toBe(1);
  });

  test("a folder that was deleted is made again, and its files are told as removed", async () => {
    const { pad, folder, texts } = blind(prepared({ "a.md": "old" }));
    await pad.look();
    rmSync(folder, { recursive: true });
    await pad.look();
    await pad.look();
    expect(texts.size).toBe(0);
    expect(statSync(folder).isDirectory()).toBe(true);
  });

  test("a file that became a folder is told as removed, and the files in it as new", async () => {
    const { pad, folder, texts } = blind(prepared({ "a.md": "file" }));
    await pad.look();
    unlinkSync(join(folder, "a.md"));
    mkdirSync(join(folder, "a.md"));
    writeFileSync(join(folder, "a.md", "b.md"), "below");
    await pad.look();
    expect(texts).toEqual(new Map([["a.md/b.md", "below"]]));
  });

  test("a look during which the machine slept, or had no time, does not put the next one off for hours", async () => {
    const { pad, folder, texts } = bench({ watch: new FakeFileWatcher().watch, rescanMs: 20 });
    await pad.look();
    let minutes = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => minutes++ * 60_000);
    await pad.look();
    clock.mockRestore();
    writeFileSync(join(folder, "a.md"), "found all the same");
    await eventually(() => expect(texts.get("a.md")).toBe("found all the same"));
  });

  test("a watcher that fails is replaced by frequent rescans, which is said once", async () => {
    const watcher = new FakeFileWatcher();
    const { folder, texts, faults, pad } = bench({ watch: watcher.watch, rescanMs: 20 });
    await pad.look();
    watcher.fail("ENOSPC");
    watcher.fail("ENOSPC");
    expect(faults).toEqual([expect.stringMatching(/cannot be watched: ENOSPC .*max_user_watches.* every 0.5 s/)]);
    writeFileSync(join(folder, "a.md"), "polled");
    await eventually(() => expect(texts.get("a.md")).toBe("polled"));
  });

  test("a watcher that cannot even be made is no different", async () => {
    const { folder, texts, faults } = bench({
      rescanMs: 20,
      watch: () => {
        throw Object.assign(new Error("no instances"), { code: "EMFILE" });
      },
      prepare: prepared({}),
    });
    writeFileSync(join(folder, "a.md"), "polled");
    await eventually(() => expect(texts.get("a.md")).toBe("polled"));
    expect(faults).toHaveLength(1);
  });
});

describe("with the real watcher", () => {
  test("writes, atomic renames, new folders and removals are told without a rescan", async () => {
    const one = bench({ prepare: prepared({ "a.md": "one" }) });
    await one.pad.look();
    writeFileSync(join(one.folder, "a.md"), "two");
    await eventually(() => expect(one.texts.get("a.md")).toBe("two"));
    writeFileSync(join(one.folder, ".tmp"), "three");
    renameSync(join(one.folder, ".tmp"), join(one.folder, "a.md"));
    await eventually(() => expect(one.texts.get("a.md")).toBe("three"));
    mkdirSync(join(one.folder, "sub"));
    writeFileSync(join(one.folder, "sub", "b.md"), "below");
    await eventually(() => expect(one.texts.get("sub/b.md")).toBe("below"));
    rmSync(join(one.folder, "a.md"));
    await eventually(() => expect(one.texts.has("a.md")).toBe(false));
    expect(one.faults).toEqual([]);
  });

  test("a file written in pieces is read when it is whole, not in between", async () => {
    const one = bench({ prepare: prepared({}) });
    await one.pad.look();
    const path = join(one.folder, "a.md");
    writeFileSync(path, "");
    for (const piece of ["- [x] 1\n", "- [x] 2\n", "- [x] 3\n"]) {
      appendFileSync(path, piece);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await eventually(() => expect(one.texts.has("a.md")).toBe(true));
    expect(one.log).toEqual(["a.md: - [x] 1\n- [x] 2\n- [x] 3\n"]);
  });

  test("whatever is done to the folder, in the end the reports say what the files say", async () => {
    const names = fc.constantFrom("a.md", "b.md", "sub/c.md");
    const act = fc.record({
      what: fc.constantFrom("write", "append", "rename", "remove", "swap", "look"),
      name: names,
      other: names,
      text: fc.string({ minLength: 1, maxLength: 5 }),
    });
    const one = bench({ prepare: prepared({}) });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        const truth = new Map<string, string>();
        const sweep = () => {
          rmSync(one.folder, { recursive: true, force: true });
          mkdirSync(join(one.folder, "sub"), { recursive: true });
          truth.clear();
        };
        sweep();
        for (const { what, name, other, text } of acts) {
          const path = join(one.folder, name);
          if (what === "write") {
            writeFileSync(path, text);
            truth.set(name, text);
          } else if (what === "append") {
            appendFileSync(path, text);
            truth.set(name, (truth.get(name) ?? "") + text);
          } else if (what === "rename" && truth.has(name) && name !== other) {
            renameSync(path, join(one.folder, other));
            truth.set(other, truth.get(name) ?? "");
            truth.delete(name);
          } else if (what === "remove") {
            rmSync(path, { force: true });
            truth.delete(name);
          } else if (what === "swap") sweep();
          else await one.pad.look();
        }
        await one.pad.look();
        // One look may meet a folder in the middle of being noticed by the watcher; what counts is where it ends.
        await eventually(async () => {
          await one.pad.look();
          expect(one.texts).toEqual(truth);
        });
      }),
      { numRuns: 15 },
    );
    expect(one.faults).toEqual([]);
  });
});
