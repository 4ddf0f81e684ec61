/** The dialect of Anthropic's Messages. */
import { pieces, tokensIn, tokensOf, type Conversation, type Reply, type Schema, type Turn } from "./conversation.ts";
import type { Dialect, Wire } from "./dialect.ts";

interface Block {
  readonly type: string;
  readonly text?: string;
  readonly content?: string | readonly Block[];
}

interface Body {
  readonly model?: string;
  readonly stream?: boolean;
  readonly messages?: readonly { readonly role: string; readonly content: string | readonly Block[] }[];
  readonly tools?: readonly { readonly name: string; readonly input_schema?: Schema }[];
}

export const anthropic: Dialect = {
  serves: (path) => path === "/v1/messages",
  read(body: Body): Conversation {
    return {
      stream: body.stream === true,
      tools: (body.tools ?? []).map(({ name, input_schema: schema = {} }) => ({ name, schema })),
      turns: (body.messages ?? []).flatMap(({ role, content }) => turnsOf(role, content)),
    };
  },
  async write(wire: Wire, conversation: Conversation, reply: Extract<Reply, { kind: "say" }>) {
    const message = {
      id: wire.id("msg"),
      type: "message",
      role: "assistant",
      model: "stub-model",
      stop_sequence: null,
    };
    const usage = { input_tokens: tokensIn(conversation), output_tokens: tokensOf(reply.text + JSON.stringify(reply.calls)) };
    const blocks = blocksOf(wire, reply);
    const stop = reply.calls.length > 0 ? "tool_use" : "end_turn";
    if (!conversation.stream) return wire.json(200, { ...message, content: blocks, stop_reason: stop, usage });
    const send = (type: string, data: object = {}) => wire.event({ type, ...data }, type);
    send("message_start", { message: { ...message, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } } });
    for (const [index, block] of blocks.entries()) {
      const begun = block.type === "text" ? { ...block, text: "" } : { ...block, input: {} };
      send("content_block_start", { index, content_block: begun });
      const deltas =
        block.type === "text"
          ? pieces(block.text).map((text) => ({ type: "text_delta", text }))
          : [{ type: "input_json_delta", partial_json: JSON.stringify(block.input) }];
      for (const delta of deltas) {
        send("content_block_delta", { index, delta });
        await wire.pause(reply.wordMs);
      }
      send("content_block_stop", { index });
    }
    send("message_delta", { delta: { stop_reason: stop, stop_sequence: null }, usage });
    send("message_stop");
    wire.end();
  },
  refuse(wire: Wire, { status, message, retryAfter }) {
    const types: Readonly<Record<number, string>> = { 401: "authentication_error", 429: "rate_limit_error", 529: "overloaded_error" };
    const error = { type: types[status] ?? "api_error", message };
    wire.json(
      status,
      { type: "error", error, request_id: wire.id("req") },
      retryAfter === null ? {} : { "retry-after": String(retryAfter) },
    );
  },
};

function turnsOf(role: string, content: string | readonly Block[]): readonly Turn[] {
  if (typeof content === "string") return [{ by: role === "assistant" ? "assistant" : "user", text: content }];
  return content.map((block) => {
    if (block.type === "tool_result") return { by: "tool", text: textOf(block.content) };
    return { by: role === "assistant" ? "assistant" : "user", text: block.text ?? "" };
  });
}

function textOf(content: string | readonly Block[] | undefined): string {
  return typeof content === "string" ? content : (content ?? []).map(({ text = "" }) => text).join("\n");
}

function blocksOf(wire: Wire, { text, calls }: Extract<Reply, { kind: "say" }>) {
  return [
    ...(text === "" ? [] : [{ type: "text" as const, text }]),
    ...calls.map(({ tool, input }) => ({ type: "tool_use" as const, id: wire.id("toolu"), name: tool, input })),
  ];
}
