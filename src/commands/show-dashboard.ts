/** The dashboard in a real terminal: enters it, connects, and gives it back on every way out. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { later, laterThanInput } from "../dashboard/later.ts";
import type { OuterPort, SessionOptions } from "../dashboard/session-options.ts";
import { Session } from "../dashboard/session.ts";
import { colorDepth } from "../dashboard/terminal/color-depth.ts";
import { Outer } from "../dashboard/terminal/outer.ts";
import { outwardOf } from "../dashboard/outward.ts";
import { outwardKinds, OutwardWords } from "../dashboard/terminal/outward-words.ts";
import { StdinRouter } from "../dashboard/terminal/stdin-router.ts";
import { createTheme, themeOptions } from "../dashboard/theme.ts";
import { LINGER_MS, type EngineReady } from "../engine/spec.ts";
import type { State } from "../marathon/types.ts";
import { connectEngine } from "../protocol/client.ts";
import { VERSION } from "../version.ts";
import { copyText, realClipboard } from "./clipboard.ts";
import { EXIT, UsageError } from "./exit.ts";
import type { RememberedLook } from "./look.ts";
import { print } from "./print.ts";

export interface ShowOptions {
  /** The engine, as soon as it answers. */
  readonly engine: Promise<EngineReady>;
  /** What to show until it answers. */
  readonly preview: State | null;
  readonly look: RememberedLook;
  /** The project's state folder: what is copied is kept there. */
  readonly folder: string;
}

/** How the dashboard came to its end. */
type Leaving = { readonly kind: "detached" | "stopped" | "gone" } | { readonly kind: "failed"; readonly error: Error };

/** A scratchpad file is shown up to this size, bytes: enough for any report a person would read here. */
const MAX_FILE_BYTES = 512 * 1024;

/** What was copied last, in the project's state folder. */
const COPIED = "copied.txt";

/** Between two looks for an engine that was gone, ms. */
const COME_BACK_MS = 500;

/** Off for people who select with the mouse in their own terminal. */
const MOUSE = process.env["MARATHON_MOUSE"] !== "0";

/** What is true when somebody leaves, by the state of the connection and of the marathon. */
const GOODBYES = {
  connecting: "left before the engine answered: `marathon status` tells how it stands",
  silent: "left while the engine did not answer: `marathon doctor` says what to do; `marathon attach` shows the marathon again",
  attached: "detached: the marathon goes on; `marathon attach` shows it again",
  "engine-gone": "the engine is gone: `marathon attach` takes the marathon up from its journal",
  ended: "the engine has ended; `marathon status` tells how it stands",
  done: `the marathon is done; \`marathon status\` tells how it went. Its engine waits ${LINGER_MS / 60_000} minutes for somebody who looks (\`marathon attach\`), then ends by itself; \`marathon stop\` ends it now`,
} as const;

/** Shows the marathon until the person leaves or it ends. Resolves with the exit code. */
export async function showDashboard({ engine, preview, look, folder }: ShowOptions): Promise<number> {
  const { promise: left, resolve: leave } = Promise.withResolvers<Leaving>();
  const dashboard = new RealDashboard(leave, join(folder, COPIED));
  dashboard.wear(look);
  dashboard.enter(preview);
  engine.then(
    (ready) => (ready.ok ? dashboard.connect(ready.socket) : leave({ kind: "failed", error: new UsageError(ready.error, EXIT.failed) })),
    (error: Error) => leave({ kind: "failed", error }),
  );
  const leaving = await left;
  const { standing } = dashboard;
  await dashboard.leave();
  if (leaving.kind === "failed") throw leaving.error;
  if (leaving.kind === "detached") print(`${GOODBYES[standing]}\n`);
  if (leaving.kind === "stopped") print("the marathon was stopped; `marathon run` with the same plan takes it up again\n");
  return EXIT.ok;
}

class RealDashboard {
  readonly #outer: Outer;
  readonly #outward: OutwardWords;
  readonly #router: StdinRouter;
  readonly #session: Session;
  readonly #leave: (leaving: Leaving) => void;
  /** The file for what is copied. */
  readonly #copied: string;
  readonly #stops: (() => void)[] = [];
  #left = false;

  constructor(leave: (leaving: Leaving) => void, copied: string) {
    this.#leave = leave;
    this.#copied = copied;
    this.#outer = new Outer({
      input: process.stdin,
      output: process.stdout,
      onSignal,
      mouse: MOUSE,
      // The console of Linux prints some of the questions.
      ask: !["linux", "dumb"].includes(process.env["TERM"] ?? ""),
      onLearned: (learned) => {
        this.#session.learned(learned);
        if (learned.status) this.#outward.takesStatus();
      },
      onInput: (bytes) => this.#router.push(bytes),
      onResize: () => this.#session.resized(),
      onRepaint: () => {
        this.#session.redraw();
        this.#outward.again();
      },
      onReady: () => this.#session.drained(),
      onGone: () => leave({ kind: "gone" }),
      ending: () => this.#outward.end(),
    });
    // MARATHON_STATUS=0 tells the terminal nothing.
    this.#outward = new OutwardWords(outwardKinds(process.env), {
      ready: () => this.#outer.ready,
      write: (text) => this.#outer.write(text),
      later,
    });
    this.#session = new Session(this.#sessionOptions());
    this.#router = new StdinRouter({
      key: (key) => this.#session.key(key),
      mouse: (event) => this.#session.mouse(event),
      focus: () => {},
      input: (bytes) => {
        const taken = this.#session.input(bytes);
        if (!taken) this.#outer.pauseInput();
        return taken;
      },
      released: () => this.#session.controller.run("release"),
      releasedTwice: () => this.#session.controller.run("take-over"),
      switchTo: (terminal) => this.#session.switchTo(terminal),
      later: laterThanInput,
      now: () => performance.now(),
    });
  }

  /** Begins with a layout, and keeps each one that the person chooses. */
  wear(kept: RememberedLook): void {
    const { view } = this.#session.stores;
    view.setState({ look: kept.look });
    this.#stops.push(
      view.subscribe((now, before) => {
        const problem = now.look === before.look ? null : kept.remember(now.look);
        if (problem !== null) view.toast(problem, "bad", 8000);
      }),
    );
  }

  enter(preview: State | null): void {
    this.#outer.enter();
    this.#stops.push(
      this.#session.stores.marathon.subscribe(({ state, connection }, before) => {
        if (state && (state !== before.state || connection !== before.connection)) this.#outward.tell(outwardOf(state, connection.status));
      }),
    );
    if (preview) this.#session.preview(preview);
    const fail = (error: unknown) => this.#leave({ kind: "failed", error: error instanceof Error ? error : new Error(String(error)) });
    this.#stops.push(
      onSignal("SIGHUP", () => this.#leave({ kind: "gone" })),
      onSignal("SIGTERM", () => this.#leave({ kind: "detached" })),
      onSignal("SIGINT", () => this.#leave({ kind: "detached" })),
      onProcess("uncaughtException", fail),
      onProcess("unhandledRejection", fail),
      onProcess("exit", () => this.#outer.leaveNow()),
    );
    this.#session.drained();
  }

  get standing(): keyof typeof GOODBYES {
    const { connection, state } = this.#session.stores.marathon.getState();
    return connection.status === "attached" && state?.status === "done" ? "done" : connection.status;
  }

  async connect(socketPath: string): Promise<void> {
    try {
      await this.#attach(socketPath);
    } catch (error) {
      this.#leave({ kind: "failed", error: error as Error });
    }
  }

  async leave(): Promise<void> {
    this.#left = true;
    this.#session.stop();
    await this.#outer.leave();
    for (const stop of this.#stops) stop();
  }

  async #attach(socketPath: string): Promise<void> {
    const handlers = this.#session.handlers(() => this.#comeBack(socketPath));
    const { client } = await connectEngine({ socketPath, program: VERSION, role: "dashboard", handlers });
    client.onDrain(() => this.#outer.resumeInput());
  }

  /** The engine is gone: as soon as somebody starts it again, this dashboard shows it again. */
  #comeBack(socketPath: string): void {
    // Keys that the engine did not take are lost; those for the dashboard must be read, since the person may want to leave.
    this.#outer.resumeInput();
    const timer = setTimeout(() => {
      if (this.#left) return;
      this.#attach(socketPath).catch(() => this.#comeBack(socketPath));
    }, COME_BACK_MS);
    this.#stops.push(() => clearTimeout(timer));
  }

  #port(): OuterPort {
    const outer = this.#outer;
    return {
      get size() {
        return outer.size;
      },
      get ready() {
        return outer.ready;
      },
      write: (text) => outer.write(text),
      follow: (taken) => {
        outer.follow(taken?.modes ?? null);
        this.#router.takeOver(taken);
      },
    };
  }

  #sessionOptions(): SessionOptions {
    const look = themeOptions(process.env);
    return {
      outer: this.#port(),
      theme: createTheme(look),
      depth: (learned) => colorDepth(process.env, look.colour, learned),
      colors: look.colour,
      mouse: MOUSE,
      keys: {},
      terminalName: process.env["TERM"] ?? "",
      // Not before the first frame is out: React and Ink take longer to load than all the rest.
      render: async (screen, chrome) => (await import("../../components/render.tsx")).renderChrome(screen, chrome),
      readFile: readText,
      copyOut: (text) =>
        copyText(
          text,
          this.#copied,
          realClipboard((sequence) => this.#outer.write(sequence)),
        ),
      onDetach: () => this.#leave({ kind: "detached" }),
      onStopped: () => this.#leave({ kind: "stopped" }),
    };
  }
}

async function readText(path: string): Promise<string> {
  const bytes = await readFile(path);
  const text = bytes.subarray(0, MAX_FILE_BYTES).toString("utf8");
  return bytes.length > MAX_FILE_BYTES ? `${text}\n… ${bytes.length - MAX_FILE_BYTES} more bytes in ${path}` : text;
}

function onSignal(signal: NodeJS.Signals, listener: () => void): () => void {
  process.on(signal, listener);
  return () => process.off(signal, listener);
}

function onProcess(event: "uncaughtException" | "unhandledRejection" | "exit", listener: (value: unknown) => void): () => void {
  process.on(event as "exit", listener);
  return () => process.off(event, listener);
}
