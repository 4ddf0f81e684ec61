/** The dialect of Gemini's generateContent and streamGenerateContent. */
import { pieces, tokensIn, tokensOf, type Conversation, type Reply, type Schema, type Turn } from "./conversation.ts";
import type { Dialect, Wire } from "./dialect.ts";

interface Part {
  readonly text?: string;
  readonly functionResponse?: { readonly response?: unknown };
}

interface Body {
  readonly contents?: readonly { readonly role?: string; readonly parts?: readonly Part[] }[];
  readonly tools?: readonly {
    readonly functionDeclarations?: readonly {
      readonly name: string;
      readonly parametersJsonSchema?: Schema;
      readonly parameters?: Schema;
    }[];
  }[];
  readonly generationConfig?: { readonly responseJsonSchema?: Schema; readonly responseSchema?: Schema };
}

export const gemini: Dialect = {
  serves: (path) => /:(stream)?generateContent$/iu.test(path),
  read(body: Body, path: string): Conversation {
    const { responseJsonSchema, responseSchema } = body.generationConfig ?? {};
    const schema = responseJsonSchema ?? responseSchema;
    const declared = (body.tools ?? []).flatMap(({ functionDeclarations = [] }) => functionDeclarations);
    return {
      stream: /:streamGenerateContent\b/u.test(path),
      tools: declared.map(({ name, parametersJsonSchema, parameters }) => ({ name, schema: parametersJsonSchema ?? parameters ?? {} })),
      turns: (body.contents ?? []).flatMap(({ role, parts = [] }) => parts.map((part) => turnOf(role, part))),
      ...(schema ? { answerSchema: schema } : {}),
    };
  },
  async write(wire: Wire, conversation: Conversation, reply: Extract<Reply, { kind: "say" }>) {
    const input = tokensIn(conversation);
    const output = tokensOf(reply.text + JSON.stringify(reply.calls));
    const usageMetadata = { promptTokenCount: input, candidatesTokenCount: output, totalTokenCount: input + output };
    const chunk = (parts: readonly object[], last: boolean) => ({
      candidates: [{ index: 0, content: { role: "model", parts }, ...(last ? { finishReason: "STOP" } : {}) }],
      usageMetadata,
      modelVersion: "stub-model",
    });
    const calls = reply.calls.map(({ tool, input: args }) => ({ functionCall: { id: wire.id("call"), name: tool, args } }));
    if (!conversation.stream) return wire.json(200, chunk([{ text: reply.text }, ...calls], true));
    for (const text of pieces(reply.text)) {
      wire.event(chunk([{ text }], false));
      await wire.pause(reply.wordMs);
    }
    wire.event(chunk(calls.length > 0 ? calls : [{ text: "" }], true));
    wire.end();
  },
  refuse(wire, { status, message, retryAfter }) {
    const names: Readonly<Record<number, string>> = { 401: "UNAUTHENTICATED", 429: "RESOURCE_EXHAUSTED" };
    const delay = retryAfter === null ? [] : [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: `${retryAfter}s` }];
    wire.json(status, { error: { code: status, message, status: names[status] ?? "UNAVAILABLE", details: delay } });
  },
};

function turnOf(role: string | undefined, { text, functionResponse }: Part): Turn {
  if (functionResponse) return { by: "tool", text: outputOf(functionResponse.response) };
  return { by: role === "model" ? "assistant" : "user", text: text ?? "" };
}

/** Clients wrap what a tool said as `{ output }`. */
function outputOf(response: unknown): string {
  const output = (response as { readonly output?: unknown } | null)?.output;
  return typeof output === "string" ? output : JSON.stringify(response ?? "");
}
