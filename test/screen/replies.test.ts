import { describe, expect, it } from "vitest";
import type { OuterTerminal } from "../../src/protocol/messages.ts";
import { Screen } from "../../src/screen/screen.ts";
import { atOnce } from "../support/at-once.ts";

const OUTER: OuterTerminal = {
  foreground: 0x010203,
  background: 0xfafbfc,
  cursor: null,
  palette: [null, 0xaabbcc],
  kittyKeyboard: true,
};

function replies(query: string, prepare = "", outer: OuterTerminal | null = null): string {
  const scheduler = atOnce();
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
  if (outer) screen.attached(outer);
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
    ["cursor position in origin mode", "\x1b[5;9r\x1b[?6h\x1b[2;3H\x1b[6n\x1b[?6n", "\x1b[2;3R\x1b[?2;3R"],
    ["cursor position at the end of a full line", `${"x".repeat(100)}\x1b[6n`, "\x1b[1;100R"],
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
    ["the window's state", "\x1b[11t", "\x1b[1t"],
    ["the window's place", "\x1b[13t", "\x1b[3;0;0t"],
    ["size of the whole screen", "\x1b[15t\x1b[19t", "\x1b[5;600;1000t\x1b[9;30;100t"],
    ["terminal parameters", "\x1b[x\x1b[1x", "\x1b[2;1;1;128;128;1;0x\x1b[3;1;1;128;128;1;0x"],
    ["printer, keys, keyboard, locator", "\x1b[?15n\x1b[?25n\x1b[?26n\x1b[?55n", "\x1b[?13n\x1b[?21n\x1b[?27;1;0;0n\x1b[?50n"],
    ["clusters in cells", "\x1b[?2027$p", "\x1b[?2027;3$y"],
    ["reports of dark and light", "\x1b[?2031$p\x1b[?2031h\x1b[?2031$p", "\x1b[?2031;2$y\x1b[?2031;1$y"],
    ["the plain look", "\x1bP$qm\x1b\\", "\x1bP1$r0m\x1b\\"],
    ["the look", "\x1b[1;3;4:3;97;48;2;1;2;3;58;5;9m\x1bP$qm\x1b\\", "\x1bP1$r0;1;3;4:3;58:5:9;97;48:2::1:2:3m\x1b\\"],
    ["the cursor's shape", "\x1bP$q q\x1b\\\x1b[4 q\x1bP$q q\x1b\\", "\x1bP1$r0 q\x1b\\\x1bP1$r4 q\x1b\\"],
    ["an unknown setting", "\x1bP$q|\x1b\\", "\x1bP0$r\x1b\\"],
    [
      "capabilities",
      "\x1bP+q544e;436F;4d73;5463\x1b\\",
      "\x1bP1+r544E=787465726D2D323536636F6C6F72\x1b\\\x1bP1+r436F=323536\x1b\\\x1bP0+r\x1b\\\x1bP1+r5463\x1b\\",
    ],
    ["modified keys", "\x1b[?4m\x1b[>4;2m\x1b[?4m\x1b[>4m\x1b[?4m", "\x1b[>4;0m\x1b[>4;2m\x1b[>4;0m"],
    ["size in cells", "\x1b[18t", "\x1b[8;30;100t"],
    ["program status", "\x1b]7501;?\x1b\\", "\x1b]7501;?\x1b\\"],
  ])("answers the question for %s", (_name, query, answer) => {
    expect(replies(query)).toBe(answer);
  });

  it.each([
    ["the kitty keyboard, which the person's terminal may not have", "\x1b[?u"],
    ["the title, which a program wrote", "\x1b[21t"],
    ["the icon's name", "\x1b[20t"],
    ["the clipboard", "\x1b]52;c;?\x07"],
    ["a checksum of the screen", "\x1b[1;1;1;1;9;9*y"],
    ["the answerback", "\x05"],
    ["an answer to DECRQSS", "\x1bP1$r0m\x1b\\"],
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

describe("a person's terminal that is known", () => {
  it("is what programs are told of: its colours, and the usual where it told none", () => {
    expect(replies("\x1b]10;?\x07\x1b]11;?\x07\x1b]12;?\x07\x1b]4;0;?;1;?\x07\x1b[?996n", "", OUTER)).toBe(
      "\x1b]10;rgb:0101/0202/0303\x1b\\\x1b]11;rgb:fafa/fbfb/fcfc\x1b\\\x1b]12;rgb:0101/0202/0303\x1b\\" +
        "\x1b]4;0;rgb:0000/0000/0000\x1b\\\x1b]4;1;rgb:aaaa/bbbb/cccc\x1b\\\x1b[?997;2n",
    );
  });

  it("has kitty's keyboard protocol or not, and each screen its own flags", () => {
    const query = "\x1b[?u";
    expect(replies(query, "", OUTER)).toBe("\x1b[?0u");
    expect(replies(query, "\x1b[>5u", OUTER)).toBe("\x1b[?5u");
    expect(replies(query, "\x1b[>5u\x1b[=2;2u\x1b[=1;3u", OUTER)).toBe("\x1b[?6u");
    expect(replies(query, "\x1b[>5u\x1b[>1u\x1b[<u", OUTER)).toBe("\x1b[?5u");
    expect(replies(query, "\x1b[>5u\x1b[<9u", OUTER)).toBe("\x1b[?0u");
    expect(replies(query, "\x1b[>5u\x1b[?1049h", OUTER)).toBe("\x1b[?0u");
    expect(replies(query, "\x1b[>5u\x1b[?1049h\x1b[>1u\x1b[?1049l", OUTER)).toBe("\x1b[?5u");
    expect(replies(query, "\x1b[>5u\x1bc", OUTER)).toBe("\x1b[?0u");
    expect(replies(query, "\x1b[>5u", { ...OUTER, kittyKeyboard: false })).toBe("");
  });

  it("turns light: a program that wants to know is told", () => {
    let out = "";
    const screen = new Screen({ cols: 9, rows: 2, scrollback: 0, onReply: (bytes) => (out += Buffer.from(bytes).toString()) });
    const parse = (text: string) => {
      screen.write(Buffer.from(text));
      while (screen.pending > 0) screen.parse(4096);
    };
    screen.attached({ ...OUTER, background: 0 });
    parse("\x1b[?2031h");
    screen.attached(OUTER);
    screen.attached(OUTER);
    expect(out).toBe("\x1b[?997;2n");
    screen.forgetStatus();
    screen.attached({ ...OUTER, background: 0 });
    expect(out).toBe("\x1b[?997;2n");
  });
});
