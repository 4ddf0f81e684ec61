import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Share, sharingRules } from "../../src/engine/agents/share.ts";

/** The rules of the 100-task plan. */
const RULES = [".env", "docs/data/*.json", ".sanitize/"];

let project = "";
beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), "share-")));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function put(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), "x");
  }
}

describe("never-share rules", () => {
  test.each([
    [".env", ".env"],
    ["backend/.env", ".env"],
    ["docs/data/people.json", "docs/data/*.json"],
    [".sanitize/map.txt", ".sanitize/"],
    [".sanitize/deep/er/map.txt", ".sanitize/"],
    ["DOCS/Data/People.JSON", "docs/data/*.json"],
    ["old/docs/data/people.json", "docs/data/*.json"],
    ["docs/../.env", ".env"],
  ])("refuse %s by %s", (path, rule) => {
    put(path);
    expect(new Share(project, RULES).check(path)).toMatchObject({ kind: "refused", rule });
  });

  test.each([".env.example", "docs/data/people.csv", "docs/data/deeper/people.json", "docs/sanitize/x", "my.env", "docs/database/x.json"])(
    "let %s pass",
    (path) => {
      put(path);
      expect(new Share(project, RULES).check(path)).toEqual({ kind: "shared", path: join(project, path) });
    },
  );

  test("take two stars for any depth and a question mark for one character", () => {
    put("secrets/a/b/key.pem", "log1.txt", "log12.txt");
    const share = new Share(project, ["secrets/**/*.pem", "log?.txt"]);
    expect(share.check("secrets/a/b/key.pem").kind).toBe("refused");
    expect(share.check("log1.txt").kind).toBe("refused");
    expect(share.check("log12.txt").kind).toBe("shared");
  });

  test("of what must be sanitized first hold for all that is in it, and say so", () => {
    put("docs/knowledge/people.md", "docs/other.md");
    const share = new Share(project, sharingRules({ neverShare: RULES, sanitizeFirst: ["docs/knowledge/"] }));
    expect(share.check("docs/knowledge/people.md")).toMatchObject({ kind: "refused", rule: "docs/knowledge/ before it is sanitized" });
    expect(share.check("docs/")).toMatchObject({ kind: "refused", because: "it holds docs/knowledge" });
    expect(share.check("docs/other.md").kind).toBe("shared");
  });

  test("do not look above the project: a project below a folder of a forbidden name can be worked on", () => {
    const inner = join(project, ".sanitize", "project");
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(inner, "a.md"), "x");
    expect(new Share(inner, RULES).check("a.md").kind).toBe("shared");
  });

  test("say that a file is not there", () => {
    expect(new Share(project, RULES).check("nothing.md")).toEqual({ kind: "missing" });
  });
});

describe("links", () => {
  test("to a forbidden file are refused, and the reason names what they lead to", () => {
    put(".env");
    symlinkSync(join(project, ".env"), join(project, "settings.txt"));
    expect(new Share(project, RULES).check("settings.txt")).toMatchObject({
      kind: "refused",
      rule: ".env",
      because: expect.stringContaining(".env"),
    });
  });

  test("through a folder are followed as well", () => {
    put("docs/data/people.json");
    symlinkSync(join(project, "docs"), join(project, "handbook"));
    expect(new Share(project, RULES).check("handbook/data/people.json").kind).toBe("refused");
  });

  test("in a circle do no harm", () => {
    put("docs/a.md");
    symlinkSync(join(project, "docs"), join(project, "docs", "again"));
    expect(new Share(project, RULES).check("docs").kind).toBe("shared");
  });

  test("that lead nowhere count as missing", () => {
    symlinkSync(join(project, "gone"), join(project, "link"));
    expect(new Share(project, RULES).check("link").kind).toBe("missing");
  });
});

describe("hard links", () => {
  test("of a forbidden file are refused under every name, with the name that is forbidden", () => {
    put("backend/.env", "notes.md");
    linkSync(join(project, "backend/.env"), join(project, "settings.txt"));
    expect(new Share(project, RULES).check("settings.txt")).toEqual({
      kind: "refused",
      path: "settings.txt",
      rule: ".env",
      because: "it is the same file as backend/.env",
    });
    expect(new Share(project, RULES).check("notes.md").kind).toBe("shared");
  });

  test("in a folder make the folder refused", () => {
    put(".env", "config/a.txt");
    linkSync(join(project, ".env"), join(project, "config", "b.txt"));
    expect(new Share(project, RULES).check("config")).toMatchObject({
      rule: ".env",
      because: "it holds config/b.txt: it is the same file as .env",
    });
  });

  test("of an allowed file do no harm", () => {
    put("a.md");
    linkSync(join(project, "a.md"), join(project, "b.md"));
    expect(new Share(project, RULES).check("b.md").kind).toBe("shared");
  });
});

test("a file that is known to hold a secret is refused, and what it holds is named", () => {
  put("deploy.md");
  const secrets = new Map([[join(project, "deploy.md"), "github in line 3"]]);
  expect(new Share(project, [], undefined, () => secrets).check("deploy.md")).toEqual({
    kind: "refused",
    path: "deploy.md",
    rule: "secrets",
    because: "it holds github in line 3",
  });
});

describe("folders", () => {
  test("are refused for a forbidden file somewhere in them, which is named", () => {
    put("docs/guide.md", "docs/data/people.json");
    const share = new Share(project, RULES);
    expect(share.check("docs/")).toMatchObject({ kind: "refused", rule: "docs/data/*.json", because: "it holds docs/data/people.json" });
    expect(share.check("docs/guide.md").kind).toBe("shared");
  });

  test("are refused for a link in them that leads to a forbidden file", () => {
    put(".env", "config/a.txt");
    symlinkSync(join(project, ".env"), join(project, "config", "b.txt"));
    expect(new Share(project, RULES).check("config")).toMatchObject({ kind: "refused", rule: ".env" });
  });

  test("are refused when they are too big to be searched", () => {
    const names = Array.from({ length: 20_001 }, (_, index) => ({ name: `f${index}`, kind: "file" as const }));
    const share = new Share("/p", RULES, { real: (path) => path, list: (path) => (path === "/p/big" ? names : null) });
    expect(share.check("big")).toMatchObject({ kind: "refused", because: expect.stringContaining("too many") });
  });

  test("pass when there is no rule, whatever they hold", () => {
    put("docs/.env");
    expect(new Share(project, []).check("docs").kind).toBe("shared");
  });
});

test("a rule that is a file's own name in whole refuses it at every depth, and never a name that is only similar", () => {
  const name = fc.stringMatching(/^[a-z]{1,8}(\.[a-z]{1,4})?$/);
  fc.assert(
    fc.property(fc.array(name, { maxLength: 4 }), name, name, (folders, forbidden, other) => {
      fc.pre(other !== forbidden && !folders.includes(forbidden));
      const share = new Share("/p", [forbidden], { real: (path) => path, list: () => null });
      expect(share.check([...folders, forbidden].join("/")).kind).toBe("refused");
      expect(share.check([...folders, forbidden, other].join("/")).kind).toBe("refused");
      expect(share.check([...folders, other].join("/")).kind).toBe("shared");
      expect(share.check([...folders, `${forbidden}.example`].join("/")).kind).toBe("shared");
    }),
  );
});
