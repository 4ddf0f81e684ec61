import { describe, expect, it } from "vitest";
import { Scheduler } from "../../src/screen/schedule.ts";
import { Screen } from "../../src/screen/screen.ts";

function replies(query: string, prepare = ""): string {
  const scheduler = new Scheduler();
  let out = "";
  const screen = new Screen({
    cols: 100,
    rows: 30,
    scrollback: 0,
    scheduler,
    program: "marathon(1.2.3)",
    onReply: (bytes) => (out += Buffer.from(bytes).toString("latin1")),
  });
  scheduler.focus(screen);
  screen.write(Buffer.from(prepare));
  out = "";
  screen.write(Buffer.from(query));
  return out;
}

describe("answers to a program's questions", () => {
  it.each([
    ["device attributes", "\x1b[c", "\x1b[?1;2c"],
    ["secondary attributes", "\x1b[>c", "\x1b[>0;276;0c"],
    ["tertiary attributes", "\x1b[=c", "\x1bP!|00000000\x1b\\"],
    ["status", "\x1b[5n", "\x1b[0n"],
    ["cursor position", "\x1b[3;7H\x1b[6n", "\x1b[3;7R"],
    ["private cursor position", "\x1b[3;7H\x1b[?6n", "\x1b[?3;7R"],
    ["mode", "\x1b[?2026$p", "\x1b[?2026;2$y"],
    ["unknown mode", "\x1b[?7777$p", "\x1b[?7777;0$y"],
    ["setting", "\x1bP$qr\x1b\\", "\x1bP1$r1;30r\x1b\\"],
    ["version", "\x1b[>q", "\x1bP>|marathon(1.2.3)\x1b\\"],
    ["version, long form", "\x1b[>0q", "\x1bP>|marathon(1.2.3)\x1b\\"],
    ["foreground", "\x1b]10;?\x1b\\", "\x1b]10;rgb:e5e5/e5e5/e5e5\x1b\\"],
    ["background", "\x1b]11;?\x07", "\x1b]11;rgb:1212/1212/1212\x1b\\"],
    ["cursor colour", "\x1b]12;?\x07", "\x1b]12;rgb:e5e5/e5e5/e5e5\x1b\\"],
    ["both colours", "\x1b]10;?;?\x07", "\x1b]10;rgb:e5e5/e5e5/e5e5\x1b\\\x1b]11;rgb:1212/1212/1212\x1b\\"],
    [
      "palette",
      "\x1b]4;1;?;231;?;255;?\x07",
      "\x1b]4;1;rgb:cdcd/0000/0000\x1b\\\x1b]4;231;rgb:ffff/ffff/ffff\x1b\\\x1b]4;255;rgb:eeee/eeee/eeee\x1b\\",
    ],
    ["dark or light", "\x1b[?996n", "\x1b[?997;1n"],
    ["size in pixels", "\x1b[14t", "\x1b[4;600;1000t"],
    ["size of a cell", "\x1b[16t", "\x1b[6;20;10t"],
    ["size in cells", "\x1b[18t", "\x1b[8;30;100t"],
    ["program status", "\x1b]7501;?\x1b\\", "\x1b]7501;?\x1b\\"],
  ])("answers the question for %s", (_name, query, answer) => {
    expect(replies(query)).toBe(answer);
  });

  it.each([
    ["the kitty keyboard, as keys are not sent that way", "\x1b[?u"],
    ["the title, which a program wrote", "\x1b[21t"],
    ["the icon's name", "\x1b[20t"],
    ["the clipboard", "\x1b]52;c;?\x07"],
    ["terminfo capabilities", "\x1bP+q544e\x1b\\"],
    ["kitty graphics", "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"],
    ["capabilities of iTerm", "\x1b]1337;Capabilities\x07"],
    ["a colour that is set", "\x1b]11;#102030\x07"],
    ["a colour out of range", "\x1b]4;999;?\x07"],
    ["an answer itself", "\x1b]10;rgb:0/0/0\x07"],
  ])("does not answer the question for %s", (_name, query) => {
    expect(replies(query, "\x1b]2;$(reboot)\n\x07")).toBe("");
  });

  it("never echoes a program's text into its input", () => {
    expect(replies("\x1bP$q;reboot\x1b\\", "\x1b]2;reboot\x07")).not.toContain("reboot");
  });
});
