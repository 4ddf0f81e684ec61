import { expect, test } from "vitest";
import { allInTurn } from "../../src/engine/all-in-turn.ts";

test("each step is done after the one before is over, also when that one went wrong, and what went wrong is logged", async () => {
  const done: string[] = [];
  const log: string[] = [];
  await allInTurn({ log: (text) => void log.push(text.split("\n")[0] ?? "") }, [
    async () => {
      await Promise.resolve();
      done.push("first");
    },
    () => {
      throw new Error("thrown");
    },
    () => Promise.reject(new Error("rejected")),
    () => done.push("last"),
  ]);
  expect(done).toEqual(["first", "last"]);
  expect(log).toEqual(["at the end: Error: thrown", "at the end: Error: rejected"]);
});
