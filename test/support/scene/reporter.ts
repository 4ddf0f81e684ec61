/** An agent of the story that reports by `marathon report`, over the same socket. */
import { connectEngine, type EngineClient } from "../../../src/protocol/client.ts";
import type { QuestionState, ReportAnswer } from "../../../src/protocol/report-requests.ts";

export class Reporter {
  readonly #socketPath: string;
  readonly #terminal: number | null;
  readonly #clients: EngineClient[] = [];

  constructor(socketPath: string, terminal: number | null) {
    this.#socketPath = socketPath;
    this.#terminal = terminal;
  }

  /** Rejects with the reason when it is refused. */
  async says(verb: string, report: unknown, marathon: string | null = "m-scene"): Promise<ReportAnswer> {
    const client = await this.#connect();
    const by = this.#terminal === null ? "a person" : `terminal ${this.#terminal}`;
    const answer = (await client
      .request({ name: "report", verb, report, terminal: this.#terminal, marathon, by })
      .finally(() => client.close())) as ReportAnswer;
    return answer;
  }

  /** Waits for the answer to a question; `gives up` ends the wait as a killed program does. */
  async waitsFor(question: string): Promise<{ readonly answer: Promise<QuestionState>; givesUp(): void }> {
    const client = await this.#connect();
    const answer = client.request({ name: "report-answer", question }) as Promise<QuestionState>;
    answer.catch(() => {});
    return { answer: answer.finally(() => client.close()), givesUp: () => client.abandon("killed") };
  }

  close(): void {
    for (const client of this.#clients) client.close();
  }

  async #connect(): Promise<EngineClient> {
    const handlers = { message: () => {}, rows: () => {}, closed: () => {} };
    const { client } = await connectEngine({ socketPath: this.#socketPath, program: "scene", role: "command", handlers });
    this.#clients.push(client);
    return client;
  }
}
