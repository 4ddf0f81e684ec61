/** F37 and F38: a scratchpad with too many files, too many changes, no watches, and things that are no reports. */
import { spawnSync } from "node:child_process";
import { appendFileSync, closeSync, ftruncateSync, mkdirSync, openSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { watchScratchpad } from "../../../src/engine/scratchpad.ts";
import { temporaryFolder } from "../../engine-ground/folder.ts";
import { workplace } from "../../support/marathon-run.ts";
import { Agents, until } from "../bench/agents.ts";
import { journalIsWhole, stopsWithoutStrays } from "../bench/invariants.ts";
import { needsTool } from "../bench/tools.ts";
import { usageOf } from "../bench/usage.ts";

test("ten thousand files, a thousand changes a second, a gigabyte, loops and devices cost nobody a key, and every last word counts", async () => {
  await using place = workplace();
  const agents = new Agents(place);
  const screen = place.open(agents.run(2), { cols: 120, rows: 36 });
  await screen.waitFor("READY");
  const { engine } = await place.json(["status"]);
  const pad = join(place.home.project, ".claude", "Scratchpad");
  await until(() => agents.started().length === 2, "two agents have begun");
  for (let file = 0; file < 10_000; file++) {
    if (file % 100 === 0) mkdirSync(join(pad, `d${file}`), { recursive: true });
    writeFileSync(join(pad, `d${file - (file % 100)}`, `note-${file}.md`), `# Note ${file}\n`);
  }
  const huge = openSync(join(pad, "huge.md"), "w");
  ftruncateSync(huge, 2 ** 30);
  closeSync(huge);
  writeFileSync(join(pad, "binary.md"), Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256)));
  writeFileSync(join(pad, "one-line.md"), "x".repeat(10_000_000));
  symlinkSync(pad, join(pad, "loop"));
  symlinkSync("/dev/zero", join(pad, "zero.md"));
  spawnSync("mkfifo", [join(pad, "pipe.md")]);
  const before = usageOf(engine.pid);
  const storm = (async () => {
    for (let second = 0; second < 5; second++) {
      for (let change = 0; change < 1000; change++) appendFileSync(join(pad, "d0", `note-${change % 100}.md`), `${second}.${change}\n`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  })();
  screen.keys("1\r");
  await screen.waitFor("TAKE-OVER 1");
  screen.keys("keys in the storm");
  await until(() => agents.received(1).toString() === "keys in the storm", "keys arrive in the storm");
  await storm;
  // Saved by rename, as editors do, behind everything else that is waiting.
  writeFileSync(join(pad, "terminal-01.md~"), "- [x] 1 done\n");
  renameSync(join(pad, "terminal-01.md~"), join(pad, "terminal-01.md"));
  await until(async () => (await place.json(["status"])).progress.done === 1, "the report counts", 240_000);
  expect(usageOf(engine.pid).rssMb - before.rssMb).toBeLessThan(400);
  rmSync(pad, { recursive: true });
  mkdirSync(pad);
  writeFileSync(join(pad, "terminal-02.md"), "- [x] 2 done\n");
  await until(async () => (await place.json(["status"])).progress.done === 2, "the new folder's report counts", 240_000);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
}, 600_000);

test.each([
  ["no instance of inotify", "user.max_inotify_instances=0"],
  ["three watches", "user.max_inotify_watches=3"],
])("with %s the scratchpad is looked through instead, which is said, and no change is missed", async (_what, limit) => {
  needsTool("unshare");
  const folder = temporaryFolder();
  const script = join(folder, "pad.ts");
  const [name = "", value = ""] = limit.split("=");
  writeFileSync(script, WATCHER);
  const path = `/proc/sys/${name.replaceAll(".", "/")}`;
  const { stdout, stderr } = spawnSync(
    "unshare",
    ["-Ur", "sh", "-c", `echo ${value} >${path} && exec ${process.execPath} ${script} ${folder}/pad`],
    {
      encoding: "utf8",
      timeout: 60_000,
    },
  );
  expect(stdout, stderr).toMatch(/fault: the scratchpad cannot be watched: (EMFILE|ENOSPC).*it is looked through every/u);
  expect(stdout).toContain("converged");
});

const WATCHER = `
import { mkdirSync, writeFileSync } from "node:fs";
import { watchScratchpad } from ${JSON.stringify(new URL("../../../src/engine/scratchpad.ts", import.meta.url).href)};
const folder = process.argv[2];
mkdirSync(folder);
const texts = new Map();
watchScratchpad([folder], {
  project: folder,
  read: (path, text) => text,
  reading: (path, bytes, text) => texts.set(path, text),
  removed: (path) => texts.delete(path),
  fault: (text) => console.log("fault: " + text),
});
await new Promise((go) => setTimeout(go, 500));
for (let n = 0; n < 30; n++) { mkdirSync(folder + "/d" + n); writeFileSync(folder + "/d" + n + "/a.md", "text " + n); }
await new Promise((go) => setTimeout(go, 300));
for (let n = 0; n < 30; n++) writeFileSync(folder + "/d" + n + "/a.md", "last " + n);
const end = Date.now() + 20_000;
const right = () => Array.from({ length: 30 }, (_, n) => texts.get(folder + "/d" + n + "/a.md") === "last " + n).every(Boolean);
while (!right() && Date.now() < end) await new Promise((go) => setTimeout(go, 50));
console.log(right() ? "converged" : "not converged: " + JSON.stringify([...texts]));
process.exit(0);
`;

test("on a disk that answers late, and without any event, the last content is reported in the end", async () => {
  const folder = temporaryFolder();
  const texts = new Map<string, string>();
  const pad = watchScratchpad([folder], {
    project: folder,
    read: (_path, text) => ({
      name: { kind: text, session: null, task: null, terminal: null, placeholder: false },
      ticks: [],
      handoff: null,
      blocker: null,
      lines: 1,
    }),
    reading: (path, _bytes, reading) => void texts.set(path, reading.name.kind),
    removed: (path) => void texts.delete(path),
    fault: (text) => expect.fail(text),
    // As a network disk is: no event ever comes.
    watch: () => ({ close: () => Promise.resolve() }),
    rescanMs: 50,
  });
  const path = join(folder, "a.md");
  for (let step = 0; step < 20; step++) {
    writeFileSync(path, `step ${step}`);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  await vi.waitFor(() => expect(texts.get(path)).toBe("step 19"), { timeout: 20_000 });
  await pad.close();
});
