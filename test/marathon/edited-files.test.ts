import { expect, test } from "vitest";
import { filesEdited, MOST_FILES } from "../../src/marathon/edited-files.ts";
import type { Terminal } from "../../src/marathon/types.ts";
import { plan } from "../support/plan-builder.ts";
import { World } from "./world.ts";

const PLAN = plan({
  tasks: [
    { number: 1, terminal: 1, stream: "A" },
    { number: 2, terminal: 2, stream: "A" },
    { number: 3, terminal: 3, stream: "B" },
  ],
});

function night() {
  const world = new World(PLAN).engine().up();
  /** What a person is told of it. */
  const edits = (number: number, ...files: readonly string[]): readonly string[] => {
    const facts = filesEdited(world.state, world.state.terminals[number] as Terminal, files);
    world.take(...facts);
    return facts.flatMap((fact) => (fact.type === "noticed" ? [fact.text] : []));
  };
  return { world, edits };
}

test("the second stream that edits a file is told of with both, once", () => {
  const { world, edits } = night();
  expect(edits(1, "src/auth.ts", "src/a.ts")).toEqual([]);
  expect(edits(2, "src/auth.ts")).toEqual([]);
  expect(edits(3, "src/b.ts", "src/auth.ts")).toEqual([
    "streams A (terminal 1) and B (terminal 3) both edit src/auth.ts: give it to one of them, or let the other wait",
  ]);
  expect([...edits(3, "src/auth.ts"), ...edits(1, "src/auth.ts")]).toEqual([]);
  expect(world.state.edited).toEqual({
    "src/a.ts": { stream: "A", terminal: 1 },
    "src/b.ts": { stream: "B", terminal: 3 },
    "src/auth.ts": null,
  });
});

test("files that are called like what every object has are files like others", () => {
  const { edits } = night();
  for (const name of ["constructor", "__proto__", "7"]) {
    expect(edits(1, name)).toEqual([]);
    expect(edits(3, name)).toHaveLength(1);
    expect(edits(3, name)).toEqual([]);
  }
});

test("of very many files the first are forgotten", () => {
  const { world, edits } = night();
  edits(1, ...Array.from({ length: MOST_FILES + 1 }, (_, index) => `src/${index}.ts`));
  expect(Object.keys(world.state.edited ?? {})).toHaveLength(MOST_FILES);
  expect(edits(3, "src/0.ts")).toEqual([]);
  expect(edits(3, "src/9.ts")).toHaveLength(1);
});
