/** The Model Context Protocol, by its SDK: tools with JSON Schemas go in, calls come out. Knows nothing of marathons. */
import { Server, type CallToolResult } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";

export interface McpTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Record<string, unknown> & { readonly type: "object" };
  readonly readOnly: boolean;
}

export interface McpAnswer {
  /** For the model to read. */
  readonly text: string;
  readonly structured?: Readonly<Record<string, unknown>>;
  /** The call did not do what it was to do; `text` says why and what to try. */
  readonly failed: boolean;
}

export interface McpOptions {
  readonly name: string;
  readonly version: string;
  /** What a model is told of the server as a whole. */
  readonly instructions: string;
  readonly tools: readonly McpTool[];
  /** Never rejects but for what is no tool. `signal`: the caller does not want it any more. */
  readonly call: (tool: string, input: unknown, signal: AbortSignal) => Promise<McpAnswer>;
  /** For people who look for a fault, on stderr: stdout belongs to the protocol. */
  complain(text: string): void;
}

/** For the last answers to be written, ms. */
const LAST_WORDS_MS = 50;

/** No tool of that name: an error of the protocol and not of a tool. */
export class UnknownToolError extends Error {
  /** Invalid params (JSON-RPC 2.0, 5.1). */
  readonly code = -32602;
}

/** Serves on stdin and stdout, both eras of the protocol, until stdin ends. */
export async function serveMcp(options: McpOptions): Promise<void> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  process.stdin.once("end", resolve);
  process.stdin.once("close", resolve);
  const gone = new AbortController();
  const running = new Set<Promise<McpAnswer>>();
  const call: McpOptions["call"] = (tool, input, signal) => {
    const answer = options.call(tool, input, AbortSignal.any([signal, gone.signal]));
    running.add(answer);
    void answer.catch(() => {}).finally(() => running.delete(answer));
    return answer;
  };
  const handle = serveStdio(() => serverOf({ ...options, call }), { onerror: (error) => options.complain(error.message) });
  await ended;
  // Whoever asked and closed its end may still read: what is being done is done, and what waits for a person does not.
  gone.abort();
  await Promise.allSettled(running);
  await new Promise((written) => setTimeout(written, LAST_WORDS_MS));
  await handle.close();
}

function serverOf({ name, version, instructions, tools, call }: McpOptions): Server {
  const server = new Server({ name, version }, { capabilities: { tools: {} }, instructions });
  server.setRequestHandler("tools/list", () => ({
    tools: tools.map(({ readOnly, ...tool }) => ({
      ...tool,
      annotations: { readOnlyHint: readOnly, destructiveHint: false, openWorldHint: false },
    })),
  }));
  server.setRequestHandler("tools/call", async ({ params }, { mcpReq }): Promise<CallToolResult> => {
    const answer = await call(params.name, params.arguments ?? {}, mcpReq.signal);
    return {
      content: [{ type: "text", text: answer.text }],
      ...(answer.structured === undefined ? {} : { structuredContent: { ...answer.structured } }),
      isError: answer.failed,
    };
  });
  return server;
}
