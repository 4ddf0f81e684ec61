import { describe, expect, test } from "vitest";
import { copyText, type ClipboardPorts } from "../../src/commands/clipboard.ts";

function clipboard(env: ClipboardPorts["env"], installed: readonly string[] = [], platform: NodeJS.Platform = "linux") {
  const written: string[] = [];
  const kept = new Map<string, string>();
  const ran: string[] = [];
  const ports: ClipboardPorts = {
    env: { TERM: "xterm-256color", HOME: "/home/ann", ...env },
    platform,
    write: (sequence) => written.push(sequence),
    keep: (file, text) => kept.set(file, text),
    run: (program, args, input) => {
      const line = [program, ...args].join(" ");
      if (!installed.includes(line)) return Promise.resolve(false);
      ran.push(`${line} < ${input}`);
      return Promise.resolve(true);
    },
  };
  return { written, kept, ran, ports };
}

describe("a copied text", () => {
  test("goes to the terminal as base64 and is kept in a file", async () => {
    const { written, kept, ports } = clipboard({});
    expect(await copyText("grün 世界\n", "/home/ann/state/copied.txt", ports)).toBe("your terminal (OSC 52), ~/state/copied.txt");
    expect(written).toEqual([`\x1b]52;c;${Buffer.from("grün 世界\n").toString("base64")}\x07`]);
    expect(kept.get("/home/ann/state/copied.txt")).toBe("grün 世界\n");
  });

  test("that is too long for the sequence goes every other way, and that is said", async () => {
    const { written, kept, ports } = clipboard({ TMUX: "/tmp/tmux" }, ["tmux load-buffer -w -"]);
    const text = "x".repeat(75_001);
    expect(await copyText(text, "/state/copied.txt", ports)).toBe("tmux, /state/copied.txt; too long for OSC 52 (over 100 KB)");
    expect(written).toEqual([]);
    expect(kept.get("/state/copied.txt")).toBe(text);
  });

  test("goes to an older tmux without its outer clipboard", async () => {
    const { ran, ports } = clipboard({ TMUX: "/tmp/tmux" }, ["tmux load-buffer -"]);
    expect(await copyText("a", "/f", ports)).toBe("your terminal (OSC 52), tmux, /f");
    expect(ran).toEqual(["tmux load-buffer - < a"]);
  });

  test.each([
    [{ WAYLAND_DISPLAY: "w" }, "wl-copy", "linux", "wl-copy"],
    [{ DISPLAY: ":0" }, "xclip -selection clipboard", "linux", "the X clipboard"],
    [{ DISPLAY: ":0" }, "xsel --clipboard --input", "linux", "the X clipboard"],
    [{}, "pbcopy", "darwin", "pbcopy"],
  ] as const)("goes to the desktop's clipboard: %j, %s", async (env, program, platform, name) => {
    const { ran, ports } = clipboard(env, [program], platform);
    expect(await copyText("a", "/f", ports)).toBe(`your terminal (OSC 52), ${name}, /f`);
    expect(ran).toEqual([`${program} < a`]);
  });

  test("does not go to the desktop of a machine that one is only logged in to", async () => {
    const { ran, ports } = clipboard({ DISPLAY: ":0", SSH_CONNECTION: "1" }, ["xclip -selection clipboard"]);
    expect(await copyText("a", "/f", ports)).toBe("your terminal (OSC 52), /f");
    expect(ran).toEqual([]);
  });

  test("is not sent to a console that would print it, and a file that cannot be written is said", async () => {
    const { written, ports } = clipboard({ TERM: "linux" });
    const full = {
      ...ports,
      keep: () => {
        throw new Error("ENOSPC: no space left on device");
      },
    };
    await expect(copyText("a", "/f", full)).rejects.toThrow("nothing was copied: /f cannot be written (ENOSPC: no space left on device)");
    expect(written).toEqual([]);
    const terminal = { ...full, env: { TERM: "xterm" } };
    expect(await copyText("a", "/f", terminal)).toBe("your terminal (OSC 52); not kept in /f: ENOSPC: no space left on device");
  });
});
