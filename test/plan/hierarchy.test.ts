import { describe, expect, it } from "vitest";
import { builtInHierarchy, parseHierarchy, roleOf } from "../../src/plan/hierarchy.ts";
import { withHierarchy } from "../../src/plan/read.ts";
import { hasDocuments } from "../support/documents.ts";
import { appendix, planOf, read } from "./shared.ts";

const parents = (text: string) => Object.fromEntries(parseHierarchy(text, "team").hierarchy.roles.map((role) => [role.role, role.parent]));

describe("the built-in hierarchy", () => {
  it.skipIf(!hasDocuments())("has the 26 roles with level and parent, and the routes", () => {
    const roles = appendix("A")["roles"] as { role: string; level: string; parent: string | null }[];
    expect([...builtInHierarchy().roles].sort((a, b) => a.role.localeCompare(b.role))).toEqual(
      roles.map(({ role, level, parent }) => ({ role, level, parent })).sort((a, b) => a.role.localeCompare(b.role)),
    );
    const { routing } = appendix("A2")["hierarchy"] as { routing: [string, string[]][] };
    expect(builtInHierarchy().routes).toEqual(routing.map(([domain, chain]) => ({ domain, chain })));
  });
});

describe("a hierarchy of one's own", () => {
  const expected = { LEAD: null, BACK: "LEAD", DBA: "BACK", API: "BACK", FRONT: "LEAD" };

  it("may be a tree drawing", () => {
    expect(parents("LEAD\n├── BACK (servers)\n│   ├── DBA\n│   └── API\n└── FRONT\n")).toEqual(expected);
  });

  it("may be nested YAML", () => {
    expect(parents("LEAD:\n  BACK: [DBA, API]\n  FRONT:\n")).toEqual(expected);
  });

  it("may be a list", () => {
    expect(parents("- LEAD\n  - BACK\n    - DBA\n    - API\n  - FRONT\n")).toEqual(expected);
  });

  it("may have siblings on one line", () => {
    expect(parents("LEAD\n├── BACK\n│   └── DBA, API\n└── FRONT\n")).toEqual(expected);
  });

  it("has levels by depth, staff, and routes", () => {
    const { hierarchy, problems } = parseHierarchy(
      "LEAD:\n  BACK:\n    CHIEF: [WORKER]\nstaff: [SCRIBE]\nroutes:\n  database: [BACK, CHIEF]\n",
      "team.yaml",
    );
    expect(hierarchy.roles.map((role) => role.level)).toEqual(["commander", "deputy", "coordinator", "specialist", "staff"]);
    expect(hierarchy).toMatchObject({ source: "team.yaml", routes: [{ domain: "database", chain: ["BACK", "CHIEF"] }] });
    expect(problems).toEqual([]);
  });

  it("that cannot be read is an error, and the built-in one holds", () => {
    const { hierarchy, problems } = parseHierarchy("[\n", "team.yaml");
    expect(problems).toMatchObject([{ severity: "error", code: "hierarchy", file: "team.yaml" }]);
    expect(hierarchy.source).toBe("built-in");
  });

  it("may stand in the plan, and its roles are known then", () => {
    const reading = read("# P\n| # | Task | Role |\n|---|---|---|\n| 1 | a | PLUMBER |\n\n## Hierarchy\n```\nLEAD\n└── PLUMBER\n```\n");
    expect(reading.problems).toEqual([]);
    expect(planOf(reading).hierarchy.roles.map((role) => role.role)).toEqual(["LEAD", "PLUMBER"]);
  });
});

describe("a hierarchy file that the front matter names", () => {
  const text = "---\nhierarchy: team.yaml\n---\n# P\n| # | Task | Role |\n|---|---|---|\n| 1 | a | PLUMBER |\n| 2 | b | WELDER |\n";

  it("is in force once it has been read, and decides which roles are unknown", () => {
    const reading = read(text);
    expect(reading.problems).toEqual([]);
    const joined = withHierarchy(reading, parseHierarchy("LEAD: [PLUMBER]\n", "team.yaml"));
    expect(planOf(joined).hierarchy.source).toBe("team.yaml");
    expect(joined.problems).toMatchObject([{ severity: "warning", code: "unknown-role", line: 8 }]);
  });

  it("leaves its own problems in the reading", () => {
    expect(withHierarchy(read(text), parseHierarchy("[", "team.yaml")).problems.map((problem) => problem.code)).toEqual([
      "hierarchy",
      "unknown-role",
      "unknown-role",
    ]);
  });
});

describe("role names", () => {
  it.each([
    ["QA_TESTER_2", "QA_TESTER"],
    ["G-2 RECON", "G2_RECON"],
    ["HISTORIAN (PAO)", "HISTORIAN"],
    ["DBA", "DBA"],
  ])("%s is %s", (name, role) => {
    expect(roleOf(name)).toBe(role);
  });
});
