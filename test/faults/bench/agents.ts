/** The fake agents of a workplace: told what to do over their own sockets, believed by the files that they keep. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import type { Workplace } from "../../support/marathon-run.ts";

const AGENT = join(import.meta.dirname, "agent.cjs");

/** Children that a fake agent can start; see agent.cjs. */
export const FORKS = ["plain", "nohup", "deaf", "session", "deafSession", "daemon"] as const;

export interface Received {
  readonly bytes: number;
  readonly hash: string;
  readonly sizes: readonly string[];
  readonly size: readonly [number, number];
}

export interface StartedAgent {
  readonly terminal: number;
  readonly pid: number;
  /** Clock ticks since boot, as /proc/PID/stat has it. */
  readonly start: number;
}

export class Agents {
  readonly folder: string;
  readonly #place: Workplace;
  readonly #sockets = new Map<number, Promise<Socket>>();
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  #id = 0;

  constructor(place: Workplace) {
    this.#place = place;
    this.folder = join(place.home.folder, "b");
    mkdirSync(this.folder);
  }

  /** Arguments of `marathon run` for a plan with one open task for each of so many terminals. */
  run(terminals: number, front = ""): string[] {
    const rows = Array.from({ length: terminals }, (_, index) => `| ${index + 1} | Work ${index + 1} | ${index + 1} |`).join("\n");
    const plan = `${front}# Bench\n\n## Stream A: Bench\n\n**Terminals 1-${terminals}**\n\n| # | Task | Terminal |\n|---|------|----------|\n${rows}\n`;
    return ["run", this.#place.file("plan.md", plan), ...this.flags()];
  }

  flags(): string[] {
    return ["--agent", "command", "--command", `env BENCH=${this.folder} node ${AGENT}`];
  }

  /** Every agent that ever began, in the order of beginning. */
  started(): readonly StartedAgent[] {
    return lines(join(this.folder, "started.jsonl")).map((line) => JSON.parse(line) as StartedAgent);
  }

  /** Bytes that the agents of a terminal say they have printed; floods are not among them. */
  sent(terminal: number): Buffer {
    return bytes(join(this.folder, `out-${terminal}`));
  }

  /** Bytes that the agents of a terminal have read. */
  received(terminal: number): Buffer {
    return bytes(join(this.folder, `in-${terminal}`));
  }

  print(terminal: number, text: string | Uint8Array): Promise<unknown> {
    return this.tell(terminal, "print", { base64: Buffer.from(text).toString("base64") });
  }

  state(terminal: number): Promise<Received> {
    return this.tell(terminal, "state") as Promise<Received>;
  }

  /** Resolves with the agent's answer; `spin` and `crash` may never answer, so do not wait for theirs. */
  async tell(terminal: number, what: string, more: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const socket = await this.#socket(terminal);
    const id = ++this.#id;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      socket.write(`${JSON.stringify({ id, do: what, ...more })}\n`);
    });
  }

  /** To be called when an agent was started anew: its socket is another one. */
  forget(terminal: number): void {
    void this.#sockets.get(terminal)?.then((socket) => socket.destroy());
    this.#sockets.delete(terminal);
  }

  #socket(terminal: number): Promise<Socket> {
    const known = this.#sockets.get(terminal);
    if (known) return known;
    const fresh = this.#connect(terminal);
    this.#sockets.set(terminal, fresh);
    return fresh;
  }

  async #connect(terminal: number): Promise<Socket> {
    const address = join(this.folder, `a${terminal}.sock`);
    let open: Socket | null = null;
    // A socket has its name before anybody listens at it.
    await until(async () => (open = await connected(address)) !== null, `agent ${terminal} listens at ${address}`);
    const socket = open as unknown as Socket;
    socket.on("error", () => {});
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString();
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
        const { id, ...answer } = JSON.parse(text.slice(0, end)) as { id: number };
        text = text.slice(end + 1);
        this.#waiting.get(id)?.(answer);
        this.#waiting.delete(id);
      }
    });
    return socket;
  }
}

/** Null when nobody listens there. */
function connected(address: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once("connect", () => resolve(socket));
    socket.once("error", () => resolve(null));
  });
}

/** Looks again and again until it is so. Rejects with `what` when it is not so for `timeoutMs`. */
export async function until(so: () => boolean | Promise<boolean>, what: string, timeoutMs = 90_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await so())) {
    if (performance.now() > end) throw new Error(`waited ${timeoutMs} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function bytes(path: string): Buffer {
  return existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
}

function lines(path: string): readonly string[] {
  return bytes(path)
    .toString()
    .split("\n")
    .filter((line) => line !== "");
}
