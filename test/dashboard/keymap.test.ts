import { describe, expect, test } from "vitest";
import { commands, contextTitles, type Context } from "../../src/dashboard/commands.ts";
import { createKeymap, keyTable, keyTableMarkdown } from "../../src/dashboard/keymap.ts";
import { parseKeyId } from "../../src/dashboard/keys.ts";
import { key } from "../support/dashboard-parts.ts";

describe("the command table", () => {
  test.each(commands.map((command) => [command.id, command] as const))("%s is bound, described, and named once", (id, command) => {
    expect(command.keys.length).toBeGreaterThan(0);
    for (const one of command.keys) expect(parseKeyId(one)).toBe(one);
    expect(command.contexts.length).toBeGreaterThan(0);
    expect(command.title).toMatch(/^[A-Z].*[^.]$/u);
    expect(command.help).toMatch(/^[A-Z].*\.$/u);
    expect(id).toMatch(/^[a-z][a-z0-9-]*$/u);
    expect(commands.filter((other) => other.id === id)).toHaveLength(1);
  });

  test("no key means two things in one context", () => {
    expect(createKeymap(commands).problems).toEqual([]);
  });

  test("has every key that the first issue promises", () => {
    const map = createKeymap(commands);
    const found = (context: Context, notation: string) => map.find(context, key(notation))?.id;
    for (let number = 1; number <= 10; number++) expect(found("panes", String(number % 10))).toBe(`terminal-${number}`);
    const promised = {
      enter: "take-over",
      z: "zoom",
      tab: "next-pane",
      "shift+tab": "previous-pane",
      j: "go-down",
      k: "go-up",
      h: "go-left",
      l: "go-right",
      g: "scroll-top",
      G: "scroll-bottom",
      pageup: "scroll-up",
      pagedown: "scroll-down",
      b: "blockers",
      s: "streams",
      H: "hierarchy",
      p: "scratchpad",
      "?": "help",
      ":": "palette",
      d: "detach",
      q: "leave",
      "!": "next-needy",
      R: "restart-terminal",
      "ctrl+l": "redraw",
    };
    for (const [notation, id] of Object.entries(promised)) expect([notation, found("panes", notation)]).toEqual([notation, id]);
    expect(found("take-over", "ctrl+q")).toBe("release");
    expect(found("take-over", "alt+0")).toBe("take-over-10");
  });

  test("can be left and helped from everywhere", () => {
    const map = createKeymap(commands);
    for (const context of ["panes", "list", "zoom", "scratchpad"] as const) {
      expect(map.find(context, key("q"))?.id).toBe("leave");
      expect(map.find(context, key("?"))?.id).toBe("help");
      expect(map.find(context, key("d"))?.id).toBe("detach");
    }
    for (const context of Object.keys(contextTitles) as Context[])
      if (!["panes", "list", "zoom", "scratchpad", "time", "take-over", "search-text", "search", "copy"].includes(context))
        expect(map.find(context, key("escape"))?.id).toBe("close");
  });
});

describe("a person's own keys", () => {
  test("replace the command's keys and take them from others", () => {
    const map = createKeymap(commands, { zoom: ["d"], detach: ["Ctrl-d"] });
    expect(map.problems).toEqual([]);
    expect(map.find("panes", key("d"))?.id).toBe("zoom");
    expect(map.find("panes", key("z"))).toBeNull();
    expect(map.find("panes", key("ctrl+d"))?.id).toBe("detach");
  });

  test("are told apart when two of them claim one key", () => {
    const map = createKeymap(commands, { zoom: ["x"], help: ["x"] });
    expect(map.problems.map(({ command, key: where }) => [command, where])).toContainEqual(["help", "x"]);
    expect(map.find("panes", key("x"))?.id).toBe("zoom");
  });

  test("that cannot be read are told, and the command keeps its own", () => {
    const map = createKeymap(commands, { zoom: ["hyper+z"], nosuch: ["x"] });
    expect(map.problems.map((problem) => problem.command).sort()).toEqual(["nosuch", "zoom"]);
    expect(map.find("panes", key("z"))?.id).toBe("zoom");
  });

  test("an empty list takes a command's keys away, and the tables leave it out", () => {
    const map = createKeymap(commands, { scratchpad: [] });
    expect(map.find("panes", key("p"))).toBeNull();
    expect(keyTableMarkdown(map.commands)).not.toContain("The files that agents write");
  });
});

describe("the key tables", () => {
  test("the README's names every command, the ten terminals in one row", () => {
    const markdown = keyTableMarkdown(commands);
    const listed = keyTable(commands, null).flatMap((topic) => topic.rows.flatMap((row) => row.ids));
    expect([...listed].sort()).toEqual(commands.map((command) => command.id).sort());
    expect(markdown).toContain("| `1…0` | Go to terminal by its number, 0 is 10; again: zoom it. |");
    expect(
      markdown
        .split("\n")
        .filter((row) => row.startsWith("|"))
        .every((row) => row.replaceAll("\\|", "").split("|").length === 4),
    ).toBe(true);
  });

  test("show a context only what it has", () => {
    const ids = keyTable(commands, ["take-over"]).flatMap((topic) => topic.rows.flatMap((row) => row.ids));
    expect(ids).toContain("release");
    expect(ids).not.toContain("zoom");
  });
});
