import { describe } from "../marathon/describe.ts";
import { fold } from "../marathon/step.ts";
import type { Event, State } from "../marathon/types.ts";
import { EXIT, UsageError } from "./exit.ts";
import { connectIfRunning, history, locate } from "./project.ts";
import { print, printError, printJson } from "./print.ts";

interface EventsOptions {
  readonly json?: boolean;
  readonly follow?: boolean;
  readonly since: number;
  readonly project: string;
}

/** `marathon events`: the journal, and with --follow what happens until the engine ends. */
export async function events(options: EventsOptions): Promise<number> {
  const located = await locate(options.project);
  const early: Event[] = [];
  let take = (event: Event): void => void early.push(event);
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  const connection = options.follow
    ? await connectIfRunning(located, "command", {
        message: (message) => {
          if (message.type === "event") take(message.event);
        },
        rows: () => {},
        closed: () => resolve(),
      })
    : null;
  // Following begins before the journal is read, so that no event falls between the two.
  await connection?.client.request({ name: "events", since: options.since, follow: true });
  const read = located.current === null ? null : history(located.paths, located.current);
  if (!read) throw new UsageError(`there is no marathon in ${located.project} yet: \`marathon run PLAN\` starts one`, EXIT.failed);
  if (read.dropped) printError(`marathon: ${read.dropped}\n`);
  const printer = new Printer(options, read.before);
  for (const event of read.events) printer.print(event);
  for (const event of early) printer.print(event);
  if (connection) {
    take = (event) => printer.print(event);
    process.once("SIGINT", () => connection.client.close());
    await gone;
  }
  return EXIT.ok;
}

class Printer {
  readonly #options: EventsOptions;
  #state: State | null;
  #seq = 0;

  constructor(options: EventsOptions, before: State | null) {
    this.#options = options;
    this.#state = before;
  }

  print(event: Event): void {
    if (event.seq <= this.#seq) return;
    this.#seq = event.seq;
    const wanted = event.seq >= this.#options.since;
    if (this.#options.json) {
      if (wanted) printJson({ schema: 1, ...event, at: new Date(event.at).toISOString() });
      return;
    }
    this.#state = fold(this.#state, [event]);
    const line = describe(event, this.#state);
    if (wanted && line) print(`${event.seq}  ${new Date(event.at).toISOString().slice(0, 19)}Z  ${line.text}\n`);
  }
}
