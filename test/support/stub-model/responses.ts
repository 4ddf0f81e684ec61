/** The dialect of OpenAI's Responses. */
import { pieces, tokensIn, tokensOf, type Conversation, type DeclaredTool, type Reply, type Schema, type Turn } from "./conversation.ts";
import { openaiRefusal } from "./chat.ts";
import type { Dialect, Wire } from "./dialect.ts";

interface Item {
  readonly type?: string;
  readonly role?: string;
  readonly content?: string | readonly { readonly text?: string }[];
  readonly output?: string | { readonly content?: string } | readonly { readonly text?: string }[];
}

interface Body {
  readonly stream?: boolean;
  readonly input?: string | readonly Item[];
  readonly tools?: readonly { readonly type?: string; readonly name?: string; readonly parameters?: Schema }[];
  readonly text?: { readonly format?: { readonly type?: string; readonly schema?: Schema } };
}

export const responses: Dialect = {
  serves: (path) => path.endsWith("/responses"),
  read(body: Body): Conversation {
    const schema = body.text?.format?.type === "json_schema" ? body.text.format.schema : undefined;
    const input = typeof body.input === "string" ? [{ role: "user", content: body.input }] : (body.input ?? []);
    return {
      stream: body.stream === true,
      tools: (body.tools ?? []).flatMap(toolOf),
      turns: input.flatMap(turnOf),
      ...(schema ? { answerSchema: schema } : {}),
    };
  },
  async write(wire: Wire, conversation: Conversation, reply: Extract<Reply, { kind: "say" }>) {
    const input = tokensIn(conversation);
    const output = tokensOf(reply.text + JSON.stringify(reply.calls));
    const usage = { input_tokens: input, output_tokens: output, total_tokens: input + output };
    const items = [
      ...(reply.text === "" ? [] : [messageOf(wire, reply.text)]),
      ...reply.calls.map(({ tool, input: values }) => ({
        type: "function_call",
        id: wire.id("fc"),
        call_id: wire.id("call"),
        name: tool,
        arguments: JSON.stringify(values),
        status: "completed",
      })),
    ];
    const whole = { id: wire.id("resp"), object: "response", model: "stub-model", status: "completed", output: items, usage };
    if (!conversation.stream) return wire.json(200, whole);
    wire.headers(limits());
    let sequence_number = 0;
    const send = (type: string, data: object) => wire.event({ type, sequence_number: sequence_number++, ...data }, type);
    send("response.created", { response: { ...whole, status: "in_progress", output: [], usage: null } });
    for (const [output_index, item] of items.entries()) {
      send("response.output_item.added", {
        output_index,
        item: { ...item, status: "in_progress", ...("content" in item ? { content: [] } : {}) },
      });
      if ("content" in item) {
        for (const delta of pieces(reply.text)) {
          send("response.output_text.delta", { output_index, item_id: item.id, content_index: 0, delta });
          await wire.pause(reply.wordMs);
        }
      }
      send("response.output_item.done", { output_index, item });
    }
    send("response.completed", { response: whole });
    wire.end();
  },
  refuse: (wire, { status, message, retryAfter }) => openaiRefusal(wire, status, message, retryAfter),
};

/** How an account's limits stand, as Codex is told them: of five hours and of a week. */
function limits(): Readonly<Record<string, string>> {
  const inHours = (hours: number) => String(Math.round(Date.now() / 1000) + hours * 3600);
  return {
    "x-codex-primary-used-percent": "42",
    "x-codex-primary-window-minutes": "300",
    "x-codex-primary-reset-at": inHours(2),
    "x-codex-secondary-used-percent": "7.6",
    "x-codex-secondary-window-minutes": "10080",
    "x-codex-secondary-reset-at": inHours(100),
  };
}

function messageOf(wire: Wire, text: string) {
  return {
    type: "message",
    id: wire.id("msg"),
    role: "assistant",
    status: "completed",
    content: [{ type: "output_text", text, annotations: [] }],
  };
}

/** Built-in tools have no name, and nothing to fill in. */
function toolOf({ type, name, parameters }: NonNullable<Body["tools"]>[number]): readonly DeclaredTool[] {
  return type === "function" && name !== undefined ? [{ name, schema: parameters ?? {} }] : [];
}

function turnOf({ type, role, content, output }: Item): readonly Turn[] {
  if (type?.endsWith("_call_output")) return [{ by: "tool", text: textOf(output) }];
  if (role !== "user" && role !== "assistant") return [];
  return [{ by: role, text: textOf(content) }];
}

function textOf(content: Item["output"] | Item["content"]): string {
  if (typeof content === "string") return content;
  if (Array.isArray(content)) return content.map((part: { readonly text?: string }) => part.text ?? "").join("\n");
  return (content as { readonly content?: string } | undefined)?.content ?? "";
}
