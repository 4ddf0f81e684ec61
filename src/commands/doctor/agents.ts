/** Node.js, and the agents' programs: which are there, and which are older than those that their flags were tried with. */
import { agentByName, agentNames } from "../../engine/agents/registry.ts";
import type { CodingCli } from "../../engine/agents/coding-cli.ts";
import { isOlder, versionOf } from "../../engine/agents/cli-version.ts";
import { findFirst } from "../../engine/agents/find-program.ts";
import { bad, type Check, good, warning } from "./check.ts";

export interface ProgramFacts {
  readonly cwd: string;
  readonly path: string;
  /** Agents that the project's marathon needs: a missing one is an error then. */
  readonly needed: readonly string[];
}

/** Newest agents ask for it; the npm of an older one installs their last release that it can run, and does not say so. */
const AGENTS_NODE = "22.0.0";
/** Nobody needs all of them. */
export const NOT_INSTALLED = "not installed";
/** The launcher refuses what is older. */
const NEEDED_NODE = "22.22.0";

export function nodeCheck(version: string, path: string): Check {
  if (!isOlder(version, NEEDED_NODE)) return good("node", `Node.js ${version} (${path})`);
  return bad("node", `Node.js ${version} (${path}) is too old`, `install Node.js ${NEEDED_NODE} or newer, or name one in MARATHON_NODE`);
}

export async function agentChecks(facts: ProgramFacts): Promise<readonly Check[]> {
  const clis = agentNames.map((name) => agentByName(name).cli).filter((cli) => cli !== undefined);
  const node = findFirst(["node"], facts.cwd, facts.path);
  const nodeVersion = node === null ? null : versionOf(node);
  return [shellCheck(facts), ...(await Promise.all(clis.map(async (cli) => agentCheck(cli, facts, nodeVersion))))];
}

function shellCheck({ cwd, path }: ProgramFacts): Check {
  const shell = findFirst(["bash", "sh"], cwd, path);
  if (shell === null) return bad("agent-shell", "neither bash nor sh is on the PATH", "install bash: `Run` commands need it");
  if (shell.endsWith("bash")) return good("agent-shell", shell);
  return warning("agent-shell", `no bash: \`Run\` commands are run by ${shell}`, "install bash, or keep to what sh knows");
}

async function agentCheck(cli: CodingCli, facts: ProgramFacts, nodeVersion: Promise<string | null> | null): Promise<Check> {
  const id = `agent-${cli.name}`;
  const install = `npm install -g ${cli.package}@latest`;
  const file = findFirst([cli.program], facts.cwd, facts.path);
  if (file === null) {
    if (facts.needed.includes(cli.name)) return bad(id, "not installed, and this project's marathon needs it", install);
    return good(id, NOT_INSTALLED);
  }
  const version = await versionOf(file);
  if (version === null)
    return warning(id, `${file} does not tell its version`, `try \`${cli.program} --version\`; tried here: ${cli.tried}`);
  if (!isOlder(version, cli.tried)) return good(id, `${version} (${file})`);
  const node = await nodeVersion;
  const trap =
    node !== null && isOlder(node, AGENTS_NODE)
      ? `; do so with Node.js 22 or newer: the npm of the ${node} on your PATH silently installs old releases`
      : "";
  return warning(id, `${version} is too old (${file}): its flags and reports were tried with ${cli.tried}`, `${install}${trap}`);
}
