import { expect, test } from "vitest";
import { SharedFiles } from "../../src/engine/hooks/shared-files.ts";
import type { State, Terminal } from "../../src/marathon/types.ts";
import { plan } from "../support/plan-builder.ts";
import { World } from "../marathon/world.ts";

const PLAN = plan({
  tasks: [
    { number: 1, terminal: 1, stream: "A" },
    { number: 2, terminal: 2, stream: "A" },
    { number: 3, terminal: 3, stream: "B" },
  ],
});

function desk() {
  const { state } = new World(PLAN).engine().up();
  const files = new SharedFiles();
  const terminal = (number: number): Terminal => state.terminals[number] as Terminal;
  const edits = (number: number, ...paths: readonly string[]) =>
    files.edited(state as State, terminal(number), paths).map((fact) => (fact.type === "noticed" ? fact.text : fact.type));
  return { edits };
}

test("the second stream that edits a file is told of with both, once, however its path is written", () => {
  const { edits } = desk();
  expect(edits(1, "src/auth.ts", "src/a.ts")).toEqual([]);
  expect(edits(2, "/p/src/auth.ts")).toEqual([]);
  expect(edits(3, "src/b.ts", "/p/src/auth.ts")).toEqual([
    "streams A (terminal 1) and B (terminal 3) both edit src/auth.ts: give it to one of them, or let the other wait",
  ]);
  expect([...edits(3, "src/auth.ts"), ...edits(1, "./src/auth.ts")]).toEqual([]);
});
