/** From what is to be done to the tool that a client declares for it: each CLI has its own names for the same few things. */
import type { Call, DeclaredTool, Schema } from "./conversation.ts";

export type Act =
  | { readonly act: "read"; readonly path: string }
  | { readonly act: "write"; readonly path: string; readonly text: string /** The file is there. */; readonly again?: boolean }
  | { readonly act: "run"; readonly command: string /** It needs more than a sandbox allows. */; readonly outside?: boolean }
  | { readonly act: "ask"; readonly question: string; readonly options: readonly string[] }
  | { readonly act: "delegate"; readonly title: string; readonly prompt: string }
  /** A command that goes on when the turn is over. */
  | { readonly act: "background"; readonly command: string }
  /** A plan to be approved by a person, in a mode that asks for one. */
  | { readonly act: "propose"; readonly plan: string }
  /** By the tool of the marathon's own MCP server. */
  | { readonly act: "report"; readonly task: number; readonly state: "done" | "doing" };

/** Names by which the CLIs call them, the ones to prefer first. */
const NAMES: Readonly<Record<Act["act"], readonly string[]>> = {
  read: ["Read", "read_file", "view", "read"],
  write: ["Write", "write_file", "create", "write"],
  run: ["Bash", "run_shell_command", "bash", "exec_command", "shell_command", "shell"],
  ask: ["AskUserQuestion", "request_user_input", "ask_user_question", "ask_user", "question"],
  delegate: ["Agent", "Task", "spawn_agent", "agent", "task"],
  background: ["Bash", "run_shell_command"],
  propose: ["ExitPlanMode", "exit_plan_mode"],
  report: ["mcp__marathon__task", "marathon__task"],
};

const WHY = "What the task needs";
/** How a client that has a sandbox is asked to leave it. */
const OUTSIDE = { sandbox_permissions: "require_escalated", justification: "Do you want to let me do what the task needs?" };

/** The call for an act. Throws when the client declares no tool that could do it: the error names those that it has. */
export function callFor(act: Act, tools: readonly DeclaredTool[]): Call {
  const shell = `cat > ${"path" in act ? act.path : ""} <<'END'\n${"text" in act ? act.text : ""}\nEND`;
  const tool = NAMES[act.act].map((name) => tools.find((one) => one.name === name)).find((one) => one !== undefined);
  // Copilot's `create` refuses a file that is there.
  if (act.act === "write" && act.again && tool?.name === "create") return callFor({ act: "run", command: shell }, tools);
  if (tool) return { tool: tool.name, input: filled(tool.schema, inputFor(act, tool)) };
  // Claude Code declares the tools of servers, and some of its own, only once they were asked for.
  const finder = act.act === "report" || act.act === "propose" ? tools.find((one) => one.name === "ToolSearch") : undefined;
  if (finder) return { tool: finder.name, input: filled(finder.schema, { query: `select:${NAMES[act.act][0]}` }) };
  if (act.act === "read") return callFor({ act: "run", command: `cat ${act.path}` }, tools);
  if (act.act === "write") return callFor({ act: "run", command: shell }, tools);
  throw new Error(`no tool to ${act.act} among ${tools.map(({ name }) => name).join(", ")}`);
}

function inputFor(act: Act, tool: DeclaredTool): Readonly<Record<string, unknown>> {
  const path = firstOf(tool.schema, ["file_path", "filePath", "absolute_path", "path"]);
  switch (act.act) {
    case "read":
      return { [path]: act.path };
    case "write":
      return { [path]: act.path, [firstOf(tool.schema, ["content", "file_text", "contents"])]: act.text };
    case "run":
      return { ...commandOf(act.command, tool.schema), ...given(tool.schema, { description: WHY, ...(act.outside ? OUTSIDE : {}) }) };
    case "ask":
      return questionOf(act.question, act.options, tool.schema);
    case "background":
      return {
        ...commandOf(act.command, tool.schema),
        ...given(tool.schema, { description: WHY, run_in_background: true, is_background: true }),
      };
    case "propose":
      return { plan: act.plan };
    case "report":
      return { task: act.task, state: act.state };
    case "delegate":
      return {
        [firstOf(tool.schema, ["prompt", "message"])]: act.prompt,
        ...given(tool.schema, {
          description: act.title,
          name: act.title.replaceAll(" ", "-"),
          task_name: act.title.replaceAll(" ", "_"),
          subagent_type: "general-purpose",
          agent_type: "general-purpose",
        }),
      };
  }
}

function commandOf(command: string, schema: Schema): Readonly<Record<string, unknown>> {
  const name = firstOf(schema, ["command", "cmd"]);
  return { [name]: schema.properties?.[name]?.type === "array" ? ["bash", "-lc", command] : command };
}

function questionOf(question: string, options: readonly string[], schema: Schema): Readonly<Record<string, unknown>> {
  if (!schema.properties?.["questions"]) return { question, ...given(schema, { choices: options, options, allow_freeform: false }) };
  const choices = options.map((label) => ({ label, description: `Use ${label}` }));
  const item = schema.properties["questions"].items ?? {};
  const one = { question, header: "Database", options: choices, ...given(item, { id: "database", type: "choice", multiSelect: false }) };
  return { questions: [filled(item, one)] };
}

function firstOf(schema: Schema, names: readonly string[]): string {
  return names.find((name) => schema.properties?.[name] !== undefined) ?? names[0] ?? "";
}

/** Only those of `values` that the schema knows. */
function given(schema: Schema, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => schema.properties?.[name] !== undefined));
}

/** `known`, with something harmless for every other field that the schema requires. */
export function filled(schema: Schema, known: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const missing = (schema.required ?? []).filter((name) => known[name] === undefined);
  return { ...known, ...Object.fromEntries(missing.map((name) => [name, harmless(schema.properties?.[name] ?? {})])) };
}

function harmless(schema: Schema): unknown {
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.[0]) return harmless(schema.anyOf[0]);
  const type = (Array.isArray(schema.type) ? schema.type[0] : schema.type)?.toLowerCase();
  if (type === "object") return filled(schema, {});
  if (type === "array") return [];
  if (type === "number" || type === "integer") return 1;
  return type === "boolean" ? false : "none";
}
