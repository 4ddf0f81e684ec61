/** F28 and F29: the writer of a journal is killed at each of its writes, or told EIO by the kernel (strace injects both). */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readJournal } from "../../../src/engine/journal.ts";
import { temporaryFolder } from "../../engine-ground/folder.ts";
import { needsTool } from "../bench/tools.ts";

const EVENTS = 12;
const journalModule = new URL("../../../src/engine/journal.ts", import.meta.url).href;

/** Appends events and says, after each flush, up to which one all are durable. */
const WRITER = `
import { openJournal } from ${JSON.stringify(journalModule)};
import { writeSync } from "node:fs";
const journal = openJournal(process.argv[2], { onFault: (error) => writeSync(1, "fault " + error.code + "\\n"), onRecovered: () => writeSync(1, "recovered\\n") });
for (let seq = 1; seq <= ${EVENTS}; seq++) {
  journal.append({ type: "noticed", severity: "info", text: "event " + seq, seq, at: seq, t: seq }, true);
  if ((await journal.flush()) === 0) writeSync(1, "durable " + seq + "\\n");
}
writeSync(1, "left " + (await journal.close()) + "\\n");
`;

function write(inject: string): { readonly said: string; readonly folder: string } {
  const home = temporaryFolder();
  const folder = join(home, "journal");
  const script = join(home, "writer.ts");
  writeFileSync(script, WRITER);
  const path = join(folder, "000001.jsonl");
  const args = [
    "-f",
    "-qq",
    "-o",
    "/dev/null",
    "-P",
    path,
    "-e",
    "trace=write,pwrite64,fsync",
    "-e",
    inject,
    process.execPath,
    script,
    folder,
  ];
  // strace counts the calls of each thread for itself, so that all fsyncs must come from one.
  const { stdout } = spawnSync("strace", args, { encoding: "utf8", env: { ...process.env, UV_THREADPOOL_SIZE: "1" } });
  return { said: stdout, folder };
}

const durable = (said: string) => Math.max(0, ...[...said.matchAll(/durable (\d+)/gu)].map(([, seq]) => Number(seq)));

test("killed at any of its writes, a journal has what was called durable, and nothing half", () => {
  needsTool("strace");
  for (let when = 1; when <= EVENTS; when++) {
    const { said, folder } = write(`inject=write,pwrite64:signal=KILL:when=${when}`);
    const { events, dropped } = readJournal(folder);
    expect(events.length, said).toBeGreaterThanOrEqual(durable(said));
    expect(durable(said)).toBeLessThan(EVENTS);
    expect(dropped).toBeNull();
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  }
});

test.each(["EIO", "ENOSPC", "EDQUOT", "EROFS", "EACCES"])(
  "told %s at some write or fsync, it keeps everything, says so, and says when it is whole",
  (error) => {
    needsTool("strace");
    for (const call of ["write,pwrite64", "fsync"]) {
      const { said, folder } = write(`inject=${call}:error=${error}:when=4..5`);
      // Node.js has no name for EDQUOT.
      expect(said).toMatch(new RegExp(`fault (${error}${error === "EDQUOT" ? "|UNKNOWN|Unknown system error -122" : ""})`, "u"));
      expect(said).toContain("recovered");
      expect(said).toContain("left 0");
      expect(readJournal(folder)).toMatchObject({ events: { length: EVENTS }, dropped: null });
    }
  },
);
