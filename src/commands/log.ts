/** `marathon log N`: a terminal's recording as one asciicast, or as text. From its files alone, with an engine or without. */
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { readLockOwner } from "../engine/lock.ts";
import { replay, type Replayed } from "../engine/log-replay.ts";
import { encodeEvent, encodeHeader } from "../screen/asciicast.ts";
import { withoutEscapedBytes } from "../screen/cast-bytes.ts";
import { Transcript } from "../screen/transcript.ts";
import { screenText } from "./print.ts";
import { EXIT, UsageError } from "./exit.ts";
import { connectIfRunning, journaled, locate, type Located } from "./project.ts";

export interface LogOptions {
  readonly plain?: boolean;
  /** Goes on with what is recorded until the engine ends. */
  readonly follow?: boolean;
  readonly project: string;
}

/** Between two looks for more, ms: recordings are written every 300 ms. */
const LOOK_AGAIN_MS = 100;

export async function log(terminal: number, options: LogOptions): Promise<number> {
  const located = await locate(options.project);
  const folder = await folderOf(located, terminal);
  const printed = await print(replay(folder, terminal, options.follow ? whileItRuns(located) : undefined), options.plain ?? false);
  if (!printed) {
    process.stderr.write(
      `marathon: terminal ${terminal} has no log: it has shown nothing yet, or its engine was started with MARATHON_LOG_FILES=0\n`,
    );
  }
  return EXIT.ok;
}

/** Where the recordings are. Throws UsageError when there is no such terminal. */
async function folderOf(located: Located, terminal: number): Promise<string> {
  const connection = await connectIfRunning(located).catch(() => null);
  // For what is not written yet. An engine of an older version does not know the request; it is a moment behind at most.
  await connection?.client.request({ name: "flush-logs" }).catch(() => {});
  connection?.client.close();
  const state = connection?.welcome.state ?? (located.current === null ? null : journaled(located.paths, located.current)?.state);
  if (!state) throw new UsageError(`there is no marathon in ${located.project} yet: \`marathon run PLAN\` starts one`, EXIT.failed);
  if (!state.terminals[terminal]) {
    const known = Object.keys(state.terminals).join(", ");
    throw new UsageError(`there is no terminal ${terminal}; this marathon has ${known}`, EXIT.failed);
  }
  return located.paths.marathon(state.id).logs;
}

function whileItRuns({ paths }: Located): () => Promise<boolean> {
  let interrupted = false;
  process.once("SIGINT", () => {
    interrupted = true;
  });
  return async () => {
    if (interrupted || readLockOwner(paths.lock) === null) return false;
    await wait(LOOK_AGAIN_MS);
    return true;
  };
}

/** False when there was nothing to print. */
async function print(recording: AsyncIterable<Replayed>, plain: boolean): Promise<boolean> {
  let transcript: Transcript | null = null;
  for await (const entry of recording) {
    if (entry.kind === "header") {
      transcript = new Transcript({ cols: entry.header.width, rows: entry.header.height });
      if (!plain) await say(encodeHeader({ ...entry.header, begins: "" }));
    } else if (plain) {
      await sayLines(transcript?.push(entry.event) ?? []);
    } else {
      await say(encodeEvent({ ...entry.event, data: withoutEscapedBytes(entry.event.data) }));
    }
  }
  if (plain) await sayLines(transcript?.end() ?? []);
  return transcript !== null;
}

async function sayLines(lines: readonly string[]): Promise<void> {
  if (lines.length > 0) await say(screenText(`${lines.join("\n")}\n`));
}

/** Waits for whoever reads: a recording is larger than a pipe. */
async function say(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}
