/** What the agents were seen to do, as the page other-agents.md. */
export interface Seen {
  readonly name: string;
  readonly version: string;
  /** Null: it cannot be tried. */
  readonly steps: Readonly<Record<string, boolean | null>>;
  readonly next: string;
  readonly asked: readonly string[];
  readonly states: readonly string[];
  /** What the stub model could not answer. */
  readonly complaints: readonly string[];
}

/** Told to come back in two minutes (Retry-After) they wait in silence: looked at for a minute and more, screen and hooks. */
const SILENT_LIMIT = "while it tries again by itself it shows that it works, and no more";

/** Why a step cannot work, of the agent itself. */
export const KNOWN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  gemini: { "a limit is known as one": SILENT_LIMIT },
  qwen: { "a limit is known as one": SILENT_LIMIT },
  copilot: { "a limit is known as one": SILENT_LIMIT },
  opencode: {
    "is taken up in its conversation after a kill": "it does not tell which conversation is its own",
  },
};

const PROGRAMS: Readonly<Record<string, string>> = {
  gemini: "Gemini CLI",
  qwen: "Qwen Code",
  opencode: "opencode",
  copilot: "GitHub Copilot CLI",
};

const HEAD = `# The other agents, as they were seen

Written by \`npm run test:agents\` from what it saw; Claude Code and Codex are held by \`real-*.test.ts\`, in CI. Each of these worked in
a real pane, with an empty home, against the stub model on 127.0.0.1, on a plan of three tasks: one to report, one that asks for a permission,
one that runs into a limit (429). Logins of real accounts cannot be tried without the network.
`;

export function agentsTable(all: readonly Seen[]): string {
  const steps = Object.keys(all[0]?.steps ?? {});
  const head = `| | ${all.map(({ name, version }) => `${PROGRAMS[name] ?? name} ${version}`).join(" | ")} |`;
  const rule = `|---|${all.map(() => "---|").join("")}`;
  const rows = steps.map((step) => `| ${step} | ${all.map((one) => mark(one, step)).join(" | ")} |`);
  const next = `| the next task comes | ${all.map((one) => one.next).join(" | ")} |`;
  return `${HEAD}\n${[head, rule, ...rows, next].join("\n")}\n\n${all.map(details).join("\n")}`;
}

function mark({ name, steps }: Seen, step: string): string {
  const went = steps[step];
  if (went === true) return "yes";
  const why = KNOWN[name]?.[step];
  return why === undefined ? (went === null ? "not tried" : "**no**") : `no: ${why}`;
}

function details({ name, states, asked, complaints }: Seen): string {
  const lines = [
    `**${PROGRAMS[name] ?? name}** was seen as ${states.map((state) => `\`${state}\``).join(", ")}.`,
    asked.length === 0 ? "It asked nothing." : `It asked: ${[...new Set(asked)].map((words) => `“${words}”`).join(", ")}.`,
    ...(complaints.length === 0 ? [] : [`The stub model could not answer: ${[...new Set(complaints)].join("; ")}.`]),
  ];
  return `${lines.join(" ").replaceAll(/\/tmp\/[\w./-]+\//gu, "…/")}\n`;
}
