import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasDocuments, SHARED } from "../support/documents.ts";
import { workplace } from "../support/marathon-run.ts";

const root = join(import.meta.dirname, "..", "..");
const ours = join(root, "plans", "hundred-tasks.md");
const theirs = join(SHARED, "documents", "hundred-task-stream-plan.md");

/** The documents lie beside the clone where they are to be tested; elsewhere our own plan of the same shape has to do. */
const plans = [["our own plan", ours] as const, ...(hasDocuments() ? [["the recorded plan", theirs] as const] : [])];

describe("a hundred tasks in ten terminals", () => {
  it.each(plans)(
    "are rehearsed to the end on one screen: %s",
    async (_name, plan) => {
      await using place = workplace();
      const screen = place.open(["run", plan, "--agent", "rehearsal", "--speed", "6000", "--seed", "11"]);
      await screen.waitFor("REHEARSAL");
      await screen.waitFor(/\b100\/100\b/, 180_000);

      const status = await place.json(["status"]);
      expect(status.marathon.state).toBe("done");
      expect(
        status.progress.streams.map((stream: { id: string; done: number; total: number }) => [stream.id, stream.done, stream.total]),
      ).toEqual([
        ["A", 30, 30],
        ["B", 25, 25],
        ["C", 15, 15],
        ["D", 10, 10],
        ["E", 8, 8],
        ["F", 12, 12],
      ]);
      expect(status.terminals).toHaveLength(10);
      const shown = screen.text();
      for (const full of ["30/30", "25/25", "15/15", "10/10", "8/ 8", "12/12"]) expect(shown).toContain(full);

      screen.keys("q");
      await screen.waitFor("Leave the marathon?");
      screen.keys("\r");
      await screen.exit;
      expect(screen.modes()).toMatchObject({ alternateScreen: false, cursorVisible: true, mouse: "none", bracketedPaste: false });
      expect((await place.run(["stop"])).code).toBe(0);
      expect(place.leftBehind()).toEqual([]);
    },
    240_000,
  );
});
