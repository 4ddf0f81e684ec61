import { appendFileSync, closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { ConversationMeters } from "../../src/engine/conversation-meters.ts";

/** A CLI that writes the numbers that it uses, one a line, each after the moment at which it was used. */
function watching(conversation: string | null = null) {
  const folder = mkdtempSync(join(tmpdir(), "meters-"));
  const open: number[] = [];
  onTestFinished(() => {
    for (const one of open) closeSync(one);
    rmSync(folder, { recursive: true });
  });
  let now = 1000;
  const measured: string[] = [];
  const meters = new ConversationMeters(
    {
      conversationFile: /\/talk-(\w+)\.txt$/u,
      conversationMeter: () => {
        let used = 0;
        return {
          words: ["used"],
          read: (line, since) => {
            const [, at = "0", count = "0"] = /^(\d+) used (\d+)$/u.exec(line) ?? [];
            if (Number(at) >= since) used += Number(count);
          },
          taken: () => {
            const models = { model: { input: used, output: 0, cacheRead: 0, cacheWrite: 0, costUsd: null } };
            const news = {
              usage: { models, activeMs: 0, personMs: 0 },
              meter: { model: null, contextPercent: used, contextSize: null, limits: [] },
            };
            const any = used > 0;
            used = 0;
            return any ? news : null;
          },
        };
      },
    },
    {
      wall: () => now,
      conversation: () => conversation,
      measured: ({ usage, meter }) =>
        measured.push(`${usage?.models["model"]?.input}${meter === null ? "" : ` ${meter.contextPercent} %`}`),
    },
  );
  meters.begins();
  return {
    meters,
    measured,
    /** Written, and held open by this very process. */
    file: (id: string, text: string): string => {
      const path = join(folder, `talk-${id}.txt`);
      writeFileSync(path, text);
      open.push(openSync(path, "a"));
      return path;
    },
    looks: () => {
      now += 5000;
      meters.look(process.pid);
    },
    restarts: () => {
      now += 5000;
      meters.begins();
    },
  };
}

describe.runIf(process.platform === "linux")("the files of an agent's conversations", () => {
  test("are read as they grow, whole lines alone, and what stood there before counts by its date", () => {
    const one = watching();
    const path = one.file("a", "999 used 50\n1000 used 1\nsaid something\n");
    one.looks();
    appendFileSync(path, "2000 used 2\n3000 us");
    one.looks();
    one.looks();
    appendFileSync(path, "ed 4\n");
    one.looks();
    expect(one.measured).toEqual(["1 1 %", "2 2 %", "4 4 %"]);
  });

  test("are looked at every five seconds, and once more when the program has ended", () => {
    const one = watching();
    const path = one.file("a", "1000 used 1\n");
    one.looks();
    appendFileSync(path, "2000 used 2\n");
    one.meters.look(process.pid);
    expect(one.measured).toEqual(["1 1 %"]);
    one.meters.over();
    one.meters.over();
    expect(one.measured).toEqual(["1 1 %", "2 2 %"]);
  });

  test("of sub-agents are counted, and the context is that of the terminal's own conversation", () => {
    const one = watching("a");
    one.file("a", "1000 used 1\n");
    one.file("b", "1000 used 2\n");
    one.looks();
    expect(one.measured.toSorted()).toEqual(["1 1 %", "2"]);
  });

  test("count from their beginning when they are written anew, and from the start of the next program", () => {
    const one = watching();
    const path = one.file("a", "1000 used 1\n1500 used 1\n");
    one.looks();
    truncateSync(path);
    appendFileSync(path, "1000 used 7\n");
    one.looks();
    one.restarts();
    one.looks();
    appendFileSync(path, "99999 used 3\n");
    one.looks();
    expect(one.measured).toEqual(["2 2 %", "7 7 %", "3 3 %"]);
  });

  test("are read from near their end when they are long, and a piece at a time", () => {
    const one = watching();
    const path = one.file("a", `1000 used 9\n${"x".repeat(1 << 20)}\n1000 used 1\n`);
    one.looks();
    appendFileSync(path, `2000 used 2\n${`${"y".repeat(1000)}\n`.repeat(1100)}3000 used 4\n`);
    one.looks();
    one.looks();
    expect(one.measured).toEqual(["1 1 %", "2 2 %", "4 4 %"]);
  });
});
