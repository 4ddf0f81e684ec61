/** The dialect of OpenAI's Chat Completions. */
import { pieces, tokensIn, tokensOf, type Conversation, type Reply, type Schema, type Turn } from "./conversation.ts";
import type { Dialect, Wire } from "./dialect.ts";

interface Part {
  readonly text?: string;
}

interface Body {
  readonly stream?: boolean;
  readonly messages?: readonly { readonly role: string; readonly content?: string | readonly Part[] | null }[];
  readonly tools?: readonly { readonly function?: { readonly name: string; readonly parameters?: Schema } }[];
  readonly response_format?: { readonly json_schema?: { readonly schema?: Schema } };
}

export const chat: Dialect = {
  serves: (path) => path.endsWith("/chat/completions"),
  read(body: Body): Conversation {
    const schema = body.response_format?.json_schema?.schema;
    return {
      stream: body.stream === true,
      tools: (body.tools ?? []).flatMap(({ function: own }) => (own ? [{ name: own.name, schema: own.parameters ?? {} }] : [])),
      turns: (body.messages ?? []).flatMap(({ role, content }) => turnOf(role, content ?? "")),
      ...(schema ? { answerSchema: schema } : {}),
    };
  },
  async write(wire: Wire, conversation: Conversation, reply: Extract<Reply, { kind: "say" }>) {
    const base = { id: wire.id("chatcmpl"), created: 1, model: "stub-model" };
    const prompt = tokensIn(conversation);
    const completion = tokensOf(reply.text + JSON.stringify(reply.calls));
    const usage = { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
    const calls = reply.calls.map(({ tool, input }, index) => ({
      index,
      id: wire.id("call"),
      type: "function",
      function: { name: tool, arguments: JSON.stringify(input) },
    }));
    const finish = calls.length > 0 ? "tool_calls" : "stop";
    if (!conversation.stream) {
      const message = { role: "assistant", content: reply.text, ...(calls.length > 0 ? { tool_calls: calls } : {}) };
      return wire.json(200, { ...base, object: "chat.completion", choices: [{ index: 0, message, finish_reason: finish }], usage });
    }
    const send = (delta: unknown, finish_reason: string | null = null) =>
      wire.event({ ...base, object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason }] });
    send({ role: "assistant", content: "" });
    for (const piece of pieces(reply.text)) {
      send({ content: piece });
      await wire.pause(reply.wordMs);
    }
    if (calls.length > 0) send({ tool_calls: calls });
    send({}, finish);
    wire.event({ ...base, object: "chat.completion.chunk", choices: [], usage });
    wire.event("[DONE]");
    wire.end();
  },
  refuse: (wire, { status, message, retryAfter }) => openaiRefusal(wire, status, message, retryAfter),
};

/** An error as OpenAI's servers word it, for both of their dialects. */
export function openaiRefusal(wire: Wire, status: number, message: string, retryAfter: number | null): void {
  const codes: Readonly<Record<number, string>> = { 401: "invalid_api_key", 429: "rate_limit_exceeded" };
  const error = {
    message,
    type: status === 429 ? "requests" : "invalid_request_error",
    code: codes[status] ?? "server_error",
    param: null,
  };
  wire.json(status, { error }, retryAfter === null ? {} : { "retry-after": String(retryAfter) });
}

function turnOf(role: string, content: string | readonly Part[]): readonly Turn[] {
  if (role === "system" || role === "developer") return [];
  const text = typeof content === "string" ? content : content.map((part) => part.text ?? "").join("\n");
  return [{ by: role === "tool" ? "tool" : role === "assistant" ? "assistant" : "user", text }];
}
