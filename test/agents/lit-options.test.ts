import { join } from "node:path";
import { expect, test } from "vitest";
import { questionOn } from "../../src/engine/delivery/look.ts";
import { dialogOf } from "../../src/screen/question.ts";
import { highlightsOn } from "../../src/screen/highlights.ts";
import { play } from "./play.ts";

const RECORDING = join(import.meta.dirname, "recordings/opencode-answers.65x29.marathon.cast");

test("the options of opencode's dialogs are known, and by their colour which one stands marked and how the others are reached", async () => {
  const offered: string[] = [];
  const dialogs = new Map<string, string>();
  await play(RECORDING, "opencode", undefined, (screen, seen) => {
    if (seen?.state !== "asking") return;
    const { options, lines } = questionOn(screen);
    const words = options.map(({ label, selected, key }) => `${selected ? ">" : ""}${label} ${JSON.stringify(key)}`).join(" | ");
    if (words === "" || offered.includes(words)) return;
    offered.push(words);
    const dialog = dialogOf(screen.text(), (row) => highlightsOn(screen, row))?.join("\n") ?? "";
    dialogs.set(`${options[0]?.label} of ${options.length}`, `${lines.join("\n")}\n\n${dialog}`);
  });
  expect(offered).toEqual([
    String.raw`>Allow once "" | Allow always "\u001b[C" | Reject "\u001b[C\u001b[C"`,
    String.raw`>Confirm "" | Cancel "\u001b[C"`,
    `>sqlite Use sqlite "1" | postgres Use postgres "2" | Type your own answer "3"`,
    `sqlite Use sqlite "1" | >postgres ✓ Use postgres "2" | Type your own answer "3"`,
  ]);
  // What stands above the dialog may go on changing while its question stays the same.
  const permission = dialogs.get("Allow once of 3") ?? "";
  expect(permission).toMatch(/^△ Permission required\n# Shell command\n\n\$ touch approved-1\.txt\n/u);
  expect(permission).not.toContain("I read my assignment");
  expect(permission).not.toContain("ctrl+p");
});
