/** Every way out of a dashboard: the person's terminal is afterwards as it was before, whatever a program had switched on. */
import { expect, it } from "vitest";
import { MARATHON, workplace, type Workplace } from "../support/marathon-run.ts";
import { openTerminal, type OuterTerminal } from "../support/outer-terminal.ts";
import { killAndWait } from "../support/left-behind.ts";

/** Switches on whatever there is, and stays. */
const LOUD = `
process.stdin.setRawMode(true);
process.stdin.resume();
process.stdout.write("\\x1b[?1049h\\x1b[?25l\\x1b[?1h\\x1b=\\x1b[?2004h\\x1b[?1004h\\x1b[?1003h\\x1b[?1006h\\x1b[>5u\\x1b[>4;2m\\x1b[6 qLOUD");
`;

const PLAN = `# Loud

## Stream A: Loud

**Terminal 1**

| # | Task | Terminal |
|---|------|----------|
| 1 | Be loud | 1 |
`;

/** Faults that only the program itself can have, on demand. */
const FAULTS = `data:text/javascript,${encodeURIComponent(`
  process.on("SIGUSR2", () => setTimeout(() => { throw new Error("thrown on purpose"); }));
  process.on("SIGWINCH", () => {});
  process.on("SIGPWR", () => void Promise.reject(new Error("rejected on purpose")));
  process.on("SIGIO", () => process.exit(9));
`)}`;

interface Way {
  readonly name: string;
  leave(screen: OuterTerminal, place: Workplace): void | Promise<void>;
  readonly exit: number;
}

const signal =
  (name: NodeJS.Signals, whom: "dashboard" | "guard" = "dashboard"): Way["leave"] =>
  (_screen, place) => {
    const [found] = place
      .leftBehind()
      .filter(({ command }) => / attach/.test(command) && /^\/bin\/sh|^sh /.test(command) === (whom === "guard") && !/stty/.test(command));
    if (!found) throw new Error(`no ${whom} among ${JSON.stringify(place.leftBehind())}`);
    process.kill(found.pid, name);
  };

const WAYS: readonly Way[] = [
  { name: "d", leave: (screen) => screen.keys("\x11d"), exit: 0 },
  {
    name: "q and the default",
    leave: async (screen) => {
      screen.keys("\x11q");
      await screen.waitFor("Detach");
      screen.keys("\r");
    },
    exit: 0,
  },
  { name: "SIGTERM", leave: signal("SIGTERM"), exit: 0 },
  { name: "SIGINT", leave: signal("SIGINT"), exit: 0 },
  { name: "SIGHUP", leave: signal("SIGHUP"), exit: 0 },
  { name: "SIGTERM to the guard", leave: signal("SIGTERM", "guard"), exit: 0 },
  { name: "SIGKILL", leave: signal("SIGKILL"), exit: 137 },
  { name: "SIGABRT", leave: signal("SIGABRT"), exit: 134 },
  { name: "an uncaught error", leave: signal("SIGUSR2"), exit: 1 },
  { name: "an unhandled rejection", leave: signal("SIGPWR"), exit: 1 },
  { name: "an exit in the middle of everything", leave: signal("SIGIO"), exit: 9 },
  {
    name: "the end of the engine by SIGKILL",
    leave: async (screen, place) => {
      const { engine } = await place.json(["status"]);
      await killAndWait(engine.pid);
      await screen.waitFor("engine is gone");
      screen.keys("d");
    },
    exit: 0,
  },
];

it.skipIf(process.platform !== "linux")(
  "each way out gives the terminal back as it was",
  async () => {
    await using place = workplace();
    place.file("loud.cjs", LOUD);
    const plan = place.file("plan.md", PLAN);
    const started = await place.run(["run", plan, "--headless", "--agent", "command", "--command", "node loud.cjs"]);
    expect(started.stderr).toBe("");
    for (const way of WAYS) {
      const script = `stty -a >then; ${MARATHON} attach; echo "exit $?"; stty -a >now; cmp then now && echo same; read x; echo "read: $x"`;
      const env = { ...place.home.env, NODE_OPTIONS: `--import=${FAULTS}` };
      await using screen = openTerminal({
        cmd: "/bin/sh",
        args: ["-c", script],
        cols: 120,
        rows: 36,
        env,
        cwd: place.home.project,
        kitty: true,
      });
      const before = screen.modes();
      await screen.waitFor("LOUD");
      screen.keys("1\r");
      await screen.waitFor((one) => one.text().includes("TAKE-OVER 1") && one.modes().kittyKeyboard === 1);
      expect(screen.modes(), way.name).toMatchObject({
        mouse: "any",
        focusEvents: true,
        applicationCursorKeys: true,
        modifyOtherKeys: true,
      });
      await way.leave(screen, place);
      await screen.waitFor("same");
      expect(screen.text(), way.name).toContain(`exit ${way.exit}`);
      expect(screen.modes(), way.name).toEqual(before);
      // No answer and no mouse report was left for the shell to read.
      screen.keys("typed\r");
      await screen.waitFor("read: typed");
    }
  },
  240_000,
);
