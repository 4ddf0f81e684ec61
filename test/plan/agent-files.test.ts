import { describe, expect, it } from "vitest";
import { hierarchyOfAgents } from "../../src/plan/agent-files.ts";

const file = (name: string, ...lines: readonly string[]) => ({ file: `.claude/agents/${name}.md`, text: lines.join("\n") });
const agent = (name: string, by: string, spawns: string) =>
  file(name, `# ${name}`, "", "## Spawn Context", "", `**Spawned By:** ${by}`, `**Reports To:** ${by}`, `**This Agent Spawns:** ${spawns}`);
const parents = (files: readonly { file: string; text: string }[]) =>
  Object.fromEntries(hierarchyOfAgents(files, "agents")?.hierarchy.roles.map(({ role, parent }) => [role, parent]) ?? []);
const levels = (files: readonly { file: string; text: string }[]) =>
  Object.fromEntries(hierarchyOfAgents(files, "agents")?.hierarchy.roles.map(({ role, level }) => [role, level]) ?? []);

describe("a hierarchy out of agent definition files", () => {
  const deep = [
    agent("ORCHESTRATOR", "Human", "ARCHITECT, SYNTHESIZER"),
    agent("ARCHITECT", "ORCHESTRATOR", "COORD_QUALITY (tests), COORD_PLATFORM"),
    agent("COORD_QUALITY", "ARCHITECT", "QA_TESTER, LINTER"),
    agent("LINTER", "COORD_QUALITY", "None"),
  ];

  it("is built from who says to be spawned by whom, deputies in between", () => {
    expect(parents(deep)).toMatchObject({
      ORCHESTRATOR: null,
      ARCHITECT: "ORCHESTRATOR",
      SYNTHESIZER: "ORCHESTRATOR",
      COORD_QUALITY: "ARCHITECT",
      COORD_PLATFORM: "ARCHITECT",
      QA_TESTER: "COORD_QUALITY",
      LINTER: "COORD_QUALITY",
    });
    expect(hierarchyOfAgents(deep, "agents")?.problems).toEqual([]);
  });

  it("may be flat: coordinators right below the top, and specialists beside them", () => {
    const flat = [
      agent("ORCHESTRATOR", "the user", "COORD_PLATFORM, COORD_QUALITY, DBA"),
      agent("COORD_QUALITY", "ORCHESTRATOR", "QA_TESTER"),
    ];
    expect(parents(flat)).toEqual({
      ORCHESTRATOR: null,
      COORD_PLATFORM: "ORCHESTRATOR",
      COORD_QUALITY: "ORCHESTRATOR",
      DBA: "ORCHESTRATOR",
      QA_TESTER: "COORD_QUALITY",
    });
  });

  it("knows levels of its own roles by where they stand, and names by front matter or file", () => {
    const own = [
      file("lead", "---", "name: lead", "---", "## Spawn Context", "- **Spawned By:** none", "- **This Agent Spawns:** BACK"),
      file("back", "## Spawn Context", "### Spawned By", "- LEAD", "### This Agent Spawns", "- PLUMBER: pipes", "- `PAINTER`"),
    ];
    expect(levels(own)).toEqual({ LEAD: "commander", BACK: "coordinator", PLUMBER: "specialist", PAINTER: "specialist" });
  });

  it("keeps what leaders pass on to those they lead, without the fields, and not what the led say", () => {
    const words = ["## Spawn Context", "**Spawned By:** ARCHITECT", "**This Agent Spawns:**", "- QA_TESTER", ""];
    const files = [
      ...deep.filter(({ file: path }) => !path.includes("COORD_QUALITY")),
      file(
        "COORD_QUALITY",
        ...words,
        "**Related Protocols:** gates.md",
        "",
        "### Domain",
        "- Coverage stays above 80 %",
        "",
        "## Tools",
        "all",
      ),
      file("QA_TESTER", "## Spawn Context", "**Spawned By:** COORD_QUALITY", "Tests are mine."),
    ];
    const roles = hierarchyOfAgents(files, "agents")?.hierarchy.roles ?? [];
    expect(roles.find(({ role }) => role === "COORD_QUALITY")).toEqual({
      role: "COORD_QUALITY",
      level: "coordinator",
      parent: "ARCHITECT",
      passesOn: {
        text: "**Related Protocols:** gates.md\n\n### Domain\n- Coverage stays above 80 %",
        file: ".claude/agents/COORD_QUALITY.md",
      },
    });
    expect(roles.filter(({ passesOn }) => passesOn).map(({ role }) => role)).toEqual(["COORD_QUALITY"]);
    const long = hierarchyOfAgents([file("LEAD", "## Spawn Context", "Spawns: BACK", "", "x".repeat(9000))], "agents");
    expect(long?.hierarchy.roles.find(({ role }) => role === "LEAD")?.passesOn?.text).toHaveLength(4000);
  });

  it("lists what two files say differently of each other, by file and line", () => {
    const found = hierarchyOfAgents(
      [
        agent("COORD_OPS", "SYNTHESIZER", "SCRIBE"),
        agent("COORD_QUALITY", "ARCHITECT", "SCRIBE"),
        agent("SCRIBE", "COORD_OPS", "none"),
        agent("PRINTER", "COORD_OPS", "none"),
      ],
      "agents",
    );
    expect(found?.problems).toMatchObject([
      { severity: "warning", code: "spawn-context", file: ".claude/agents/COORD_QUALITY.md", line: 7 },
      { code: "spawn-context", file: ".claude/agents/PRINTER.md", line: 5 },
    ]);
    expect(found?.problems[0]?.message).toBe("COORD_QUALITY says that it spawns SCRIBE, and SCRIBE says that COORD_OPS spawns it");
    expect(found?.hierarchy.roles.find(({ role }) => role === "SCRIBE")?.parent).toBe("COORD_OPS");
  });

  it("goes up to the top by the built-in hierarchy where the files name somebody without defining them", () => {
    expect(parents([agent("COORD_QUALITY", "ARCHITECT", "QA_TESTER")])).toEqual({
      ORCHESTRATOR: null,
      ARCHITECT: "ORCHESTRATOR",
      COORD_QUALITY: "ARCHITECT",
      QA_TESTER: "COORD_QUALITY",
    });
  });

  it("ends circles at their first role, and says so", () => {
    const found = hierarchyOfAgents([agent("ALPHA", "BETA", "BETA"), agent("BETA", "ALPHA", "ALPHA")], "agents");
    expect(found?.hierarchy.roles.find(({ role }) => role === "ALPHA")?.parent).toBeNull();
    expect(found?.problems.map(({ message }) => message)).toEqual(["ALPHA stands under BETA stands under ALPHA: a circle"]);
  });

  it("is none without any spawn context, whatever else the files hold", () => {
    expect(hierarchyOfAgents([file("helper", "---", "name: helper", "---", "You help.")], "agents")).toBeNull();
    expect(hierarchyOfAgents([], "agents")).toBeNull();
  });
});
