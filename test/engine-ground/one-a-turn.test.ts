import { expect, test } from "vitest";
import { oneATurn } from "../../src/engine/one-a-turn.ts";
import { eventually } from "../support/eventually.ts";

test("work on many is done one by one, in their order, and what came in is served in between", async () => {
  const done: string[] = [];
  oneATurn(["one", "two", "three"], (item) => {
    done.push(item);
    setImmediate(() => done.push("served"));
  });
  expect(done).toEqual(["one"]);
  await eventually(() => expect(done).toEqual(["one", "served", "two", "served", "three", "served"]));
});

test("no items are no work", () => {
  oneATurn([], () => expect.unreachable());
});
