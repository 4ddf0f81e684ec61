/** What the adapters of coding agents with a full-screen interface of their own have in common; each adds its flags. */
import { dirname } from "node:path";
import type { Fact } from "../../marathon/types.ts";
import type { PermissionRule } from "../../plan/permission-rules.ts";
import type { Permissions } from "../../plan/types.ts";
import type { Usage } from "../../marathon/usage.ts";
import type { MeterReading } from "../hooks/status-line.ts";
import type { Seen } from "../opinions.ts";
import type { Agent, AgentContext, AssignedTask, Exit, HandOver, HookAddress, MessageRules, Program } from "./agent.ts";
import { agentEnvironment, mcpProgram, shellQuote } from "./agent-environment.ts";
import { firstWords, nextWords, roleWords } from "./briefing.ts";
import { failure } from "./evidence.ts";
import { findProgram } from "./find-program.ts";

/** A coding agent's CLI, as far as it differs from the others. */
export interface CodingCli {
  readonly name: string;
  /** What is looked for in PATH. */
  readonly program: string;
  /** The version that its flags were tried with; an older one is said to be too old. */
  readonly tried: string;
  /** The npm package that has it, for advice. */
  readonly package: string;
  /**
   * `chosen`: it takes an id that we make up. `found`: it makes one up itself, and it can be seen which. `unknown`: it does, and
   * it cannot.
   */
  readonly conversation: "chosen" | "found" | "unknown";
  /** Matches the files of its conversations, which the running program holds open; group 1 is the id. Only for `found`. */
  readonly conversationFile?: RegExp;
  /** Reads what it uses out of such a file; a new one for each. Without it the CLI tells in another way, or not. */
  readonly conversationMeter?: () => ConversationMeter;
  /** Arguments of a launch; `resume` and `id` as known. A CLI that takes no first words at its launch leaves them out. */
  args(launch: Launch): readonly string[];
  env?(launch: Launch): Readonly<Record<string, string>>;
  /** Files that its arguments name. */
  files?(launch: Launch): NonNullable<Program["files"]>;
  /** What it says of its state where other programs may read it; null when it says nothing. `pid`: of the terminal's program. */
  listed?(pid: number): ListedState | null;
  /** It can report by hooks that a launch brings along. */
  readonly hooks?: HookStyle;
  /** It takes its first words as an argument; else they are typed. */
  readonly wordsAtLaunch: boolean;
  readonly messages: MessageRules;
}

/** What an agent makes of the answers to its hooks. */
export interface HookStyle {
  /**
   * Its own dialog for a permission stands `beside` the request of its hook, or comes `after` an answer that decides nothing: then a
   * person is never waited for, and answers the dialog.
   */
  readonly dialog: "beside" | "after";
  /** An answer may widen what it may do for the rest of its conversation. */
  readonly widens: boolean;
  /** How the plan's refusals reach it before a tool runs; `settings`: a launch brings them along as rules of its own. */
  readonly refusal: "settings" | "hook";
  /** Commands that it runs inherit the address: an agent that is started there reports as if it were the terminal's own. */
  readonly inherited: boolean;
}

/** A state that a CLI keeps for other programs to read. */
export interface ListedState extends Seen {
  /** Since when, wall clock in ms; null when it does not say. */
  readonly at: number | null;
}

/** What the file of a conversation says of its use. */
export interface ConversationMeter {
  /** A line without one of these need not be read. */
  readonly words: readonly string[];
  /** One line of it. What is dated before `since` (wall clock, ms) is not counted. */
  read(line: string, since: number): void;
  /** What was read since this was asked last; null: nothing. */
  taken(): MeterNews | null;
}

export interface MeterNews {
  /** Used since the last of these. */
  readonly usage: Usage | null;
  /** As it stands now. */
  readonly meter: MeterReading | null;
}

/** A server of the Model Context Protocol on stdin and stdout. */
export interface McpProgram {
  readonly command: string;
  readonly args: readonly string[];
  /** Some CLIs pass nothing else of their own environment on. */
  readonly env: Readonly<Record<string, string>>;
}

export interface Launch {
  readonly terminal: number;
  /** Of the conversation; null when the program is to choose one. */
  readonly id: string | null;
  /** Whether that conversation is to be taken up again. */
  readonly resume: boolean;
  readonly permissions: Permissions;
  readonly deny: readonly PermissionRule[];
  /** Null: the one of its own settings. */
  readonly model: string | null;
  /** How its program starts our MCP server. */
  readonly mcp: McpProgram;
  readonly project: string;
  readonly scratchpad: string;
  readonly assignmentFile: string;
  /** Folders that it needs besides the project. */
  readonly folders: readonly string[];
  readonly neverShare: readonly string[];
  /** Who it is and how it is to work, for a system prompt. */
  readonly role: string;
  /** What it is told first, with the role for a CLI that has no system prompt. */
  readonly words: string;
  readonly wordsWithRole: string;
  /** Where its hooks report; null: nobody listens. */
  readonly hooks: HookAddress | null;
}

/** The adapter. Its program throws AgentError 127 when the CLI is not installed, 126 when it cannot be run. */
export function codingAgent(cli: CodingCli): Agent {
  return {
    name: cli.name,
    life: "terminal",
    cli,
    program(context: AgentContext): Program {
      const launch = launchOf(context);
      const env = { ...agentEnvironment(context), ...cli.env?.(launch) };
      const files = cli.files?.(launch) ?? [];
      return {
        ...programOf(cli, context.project),
        args: cli.args(launch),
        cwd: context.project,
        env,
        title: commandOf(cli, launch),
        files,
      };
    },
    handOver: (context: AgentContext, task: AssignedTask): HandOver => ({ kind: "message", text: nextWords(context, task) }),
    // Who leaves it in good order may come back: its task waits for that. A crash in the middle of a task is a blocker, or tried again.
    onExit(exit: Exit, running: AssignedTask | null, tail: readonly string[], context?: AgentContext): readonly Fact[] {
      if (running === null || exit.code === 0) return [];
      const { number: task, priority } = running;
      const terminal = context?.terminal ?? null;
      return [{ type: "task-blocked", task, terminal, source: cli.name, priority, ...failure(exit, running, tail, cli.name) }];
    },
    screenRules: [],
    silentMinutes: 20,
    messages: cli.messages,
  };
}

/** Where the CLI is. Throws AgentError with advice for this one. */
export function programOf(cli: Pick<CodingCli, "program" | "package">, cwd: string): Pick<Program, "file"> {
  const advice = `Install it: npm install -g ${cli.package}`;
  return { file: findProgram(cli.program, cwd, process.env["PATH"] ?? "", advice) };
}

/** What a person would type for it, without the flags and the words. */
function commandOf(cli: CodingCli, { resume, id }: Launch): string {
  return resume && id !== null ? resumeCommand(cli, id) : cli.program;
}

/** What takes a conversation up again by hand. */
export function resumeCommand(cli: Pick<CodingCli, "program">, id: string): string {
  const flag: Readonly<Record<string, readonly string[]>> = { codex: ["resume"], opencode: ["--session"] };
  return [cli.program, ...(flag[cli.program] ?? ["--resume"]), id].map(shellQuote).join(" ");
}

/** The flag for a model, as five of the six have it. */
export function modelFlag(model: string | null, flag = "--model"): readonly string[] {
  return model === null ? [] : [flag, model];
}

function launchOf(context: AgentContext): Launch {
  const { assignment, conversation, project, scratchpad, assignmentFile } = context;
  const role = roleWords(assignment);
  const words = firstWords(context);
  return {
    terminal: context.terminal,
    id: conversation?.id ?? null,
    resume: conversation?.resume ?? false,
    permissions: context.permissions ?? "ask",
    deny: context.deny ?? [],
    model: context.model ?? null,
    mcp: mcpProgram(context),
    project,
    scratchpad,
    assignmentFile,
    folders: [dirname(assignmentFile), scratchpad].filter((folder) => !`${folder}/`.startsWith(`${project}/`)),
    neverShare: assignment.neverShare,
    role,
    words,
    wordsWithRole: `${role}\n\n${words}`,
    hooks: context.hooks ?? null,
  };
}
