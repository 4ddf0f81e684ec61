/**
 * The stand-in of a rehearsal: a program of its own that looks and behaves like an agent CLI, without one. Started by the agent
 * `rehearsal` once per terminal; settings.ts says what it is told, agents/assignment.ts what it reads.
 */
import { Keyboard } from "./keyboard.ts";
import { Inbox } from "./inbox.ts";
import { Pace } from "./pace.ts";
import { readSettings } from "./settings.ts";
import { Stage } from "./stage.ts";
import { StandIn } from "./stand-in.ts";
import { statusSequence } from "./status.ts";
import { paint, Surface } from "./surface.ts";

/** Pastes are marked from here on, so that a message of several lines is one message. */
const PASTE_ON = "\x1b[?2004h";
const PASTE_OFF = "\x1b[?2004l";

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const inbox = new Inbox(settings.assignmentFile);
  const { stdin, stdout } = process;
  const surface = new Surface(stdout, process.env["NO_COLOR"] === undefined || process.env["NO_COLOR"] === "");
  const leave = (code: number): void => {
    surface.close();
    stdout.write(`${PASTE_OFF}${statusSequence({ state: "clear" })}`, () => process.exit(code));
  };
  const stage = new Stage(surface, new Pace(settings.speed), settings.people, leave);
  // A terminal that is gone takes no more output; there is nothing to tell anybody.
  stdout.on("error", () => process.exit(SIGNALS.SIGHUP));
  for (const [signal, code] of Object.entries(SIGNALS)) process.on(signal, () => leave(code));
  if (stdin.isTTY) {
    stdin.setRawMode(true);
    stdin.setEncoding("utf8");
    const keyboard = new Keyboard();
    stdin.on("data", (text) => keyboard.keys(String(text)).forEach((key) => stage.key(key)));
    surface.signal(PASTE_ON);
    stdout.on("resize", () => surface.resized());
  }
  inbox.open();
  const standIn = new StandIn(settings, stage, inbox);
  const end = await standIn.live();
  standIn.dispose();
  inbox.close();
  if (end === "crashed") crash(surface);
  else leave(0);
}

/** As programs die that were not meant to: mid-sentence, with a trace, without taking their leave. */
function crash(surface: Surface): void {
  surface.leaveFull();
  const trace = [
    "",
    paint.red("TypeError: Cannot read properties of undefined (reading 'content')"),
    "    at Conversation.append (conversation.js:218:31)",
    "    at async Agent.turn (agent.js:94:7)",
    "",
    "a rehearsed crash: restart this terminal",
  ];
  process.stdout.write(`${trace.join("\r\n")}\r\n`, () => process.exit(1));
}

try {
  await main();
} catch (error) {
  process.stderr.write(`rehearsal: ${(error as Error).message}\n`);
  process.exit(2);
}
