/**
 * A place to work in with real coding agents: an empty home in which they find themselves already set up, and a model server that
 * plays the model (stub-model). Nothing of them reaches the network, and no key is real.
 */
import { mkdirSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { agentCli, type CliName } from "./agent-clis.ts";
import { workplace, type Workplace } from "./marathon-run.ts";
import { stubModel, type StubModel } from "./stub-model/server.ts";

export interface RealPlace extends AsyncDisposable {
  readonly place: Workplace;
  readonly model: StubModel;
  /** Processes that work somewhere below this place's home, whatever they have made of their environment. */
  inside(): readonly number[];
}

export interface RealOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Leaves the agents as on a new machine: they ask for a login, for trust, and what else they ask. */
  readonly fresh?: boolean;
}

const NODE_BIN = join(import.meta.dirname, "..", "..", "node_modules", ".bin");

/** Installs the agents if they are not there yet. */
export async function realAgents(names: readonly CliName[], { env = {}, fresh = false }: RealOptions = {}): Promise<RealPlace> {
  const bins = names.map(agentCli);
  const model = await stubModel();
  const path = [NODE_BIN, ...bins, process.env["PATH"] ?? "/usr/bin:/bin"].join(delimiter);
  const place = workplace({ PATH: path, ...Object.assign({}, ...names.map((name) => SETUPS[name].env(model.url))), ...env });
  if (!fresh) for (const name of names) seed(place, SETUPS[name].files(model.url, place.home.project));
  return {
    place,
    model,
    inside: () => processesBelow(place.home.folder),
    async [Symbol.asyncDispose]() {
      await place[Symbol.asyncDispose]();
      await model[Symbol.asyncDispose]();
    },
  };
}

/** The words of a plan for one terminal: each title may say what the model is to do (stub-model/scenario.ts). */
export function planFor(agent: CliName, titles: readonly string[], frontMatter = ""): string {
  const rows = titles.map((title, index) => `| ${index + 1} | ${title} | 10m |`);
  const head = `---\ntitle: Real ${agent}\nagent: ${agent}\n${frontMatter}---\n\n# Real ${agent}\n\n## Stream A: All (${titles.length} Tasks)`;
  const terminal = `**Terminals 1-1 | Goal: it works**\n\n**Terminal 1: all (${titles.length} tasks)**`;
  return `${head}\n\n${terminal}\n\n| # | Task | Estimate |\n| --- | --- | --- |\n${rows.join("\n")}\n`;
}

interface Setup {
  env(url: string): Readonly<Record<string, string>>;
  /** Paths below the home, and what stands in them. */
  files(url: string, project: string): Readonly<Record<string, string>>;
}

const SETUPS: Readonly<Record<CliName, Setup>> = {
  claude: {
    env: (url) => ({
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_AUTH_TOKEN: "dummy",
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    }),
    files: (_url, project) => ({
      ".claude.json": JSON.stringify({
        hasCompletedOnboarding: true,
        theme: "dark",
        projects: { [project]: { hasTrustDialogAccepted: true } },
      }),
    }),
  },
  codex: {
    env: () => ({ STUB_KEY: "dummy" }),
    files: (url, project) => ({
      ".codex/config.toml": [
        'model = "stub-model"',
        'model_provider = "stub"',
        "check_for_update_on_startup = false",
        "[model_providers.stub]",
        'name = "stub"',
        `base_url = "${url}/v1"`,
        'wire_api = "responses"',
        'env_key = "STUB_KEY"',
        `[projects.${JSON.stringify(project)}]`,
        'trust_level = "trusted"',
        "",
      ].join("\n"),
    }),
  },
  gemini: {
    env: (url) => ({ GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: "dummy", GEMINI_CLI_TRUST_WORKSPACE: "true" }),
    files: () => ({ ".gemini/settings.json": JSON.stringify({ security: { auth: { selectedType: "gemini-api-key" } } }) }),
  },
  qwen: {
    env: (url) => ({ OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: "dummy", OPENAI_MODEL: "stub-model" }),
    files: () => ({ ".qwen/settings.json": JSON.stringify({ security: { auth: { selectedType: "openai" } } }) }),
  },
  opencode: {
    env: () => ({ OPENCODE_DISABLE_MODELS_FETCH: "1" }),
    files: (url) => ({
      ".config/opencode/opencode.json": JSON.stringify({
        model: "stub/stub-model",
        provider: {
          stub: {
            npm: "@ai-sdk/openai-compatible",
            options: { baseURL: `${url}/v1`, apiKey: "dummy" },
            models: { "stub-model": { name: "stub-model" } },
          },
        },
      }),
    }),
  },
  copilot: {
    env: (url) => ({
      COPILOT_PROVIDER_BASE_URL: `${url}/v1`,
      COPILOT_PROVIDER_API_KEY: "dummy",
      COPILOT_MODEL: "stub-model",
      COPILOT_OFFLINE: "true",
    }),
    files: (_url, project) => ({ ".copilot/config.json": JSON.stringify({ trusted_folders: [project] }) }),
  },
};

function seed(place: Workplace, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const base = name.startsWith(".config/") ? place.home.env["XDG_CONFIG_HOME"] : place.home.env["HOME"];
    const path = join(base ?? "", name.replace(/^\.config\//u, ""));
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
  }
}

function processesBelow(folder: string): readonly number[] {
  return readdirSync("/proc").flatMap((name) => {
    try {
      return /^\d+$/u.test(name) && `${readlinkSync(`/proc/${name}/cwd`)}/`.startsWith(`${folder}/`) ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}
