/** The whole way of a key: outer pty, dashboard, socket, engine, pty, program. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { random } from "../conformance/random.ts";
import { workplace, type Workplace } from "../support/marathon-run.ts";

/** More than the engine keeps of it (16 MiB), so that everybody on the way has to wait for the program. */
const TYPED = 18_000_000;
const PASTED = 10_000_000;

/** Reads nothing until it is told to (SIGUSR2), then everything; tells how much it was and its hash. */
const READER = `
const { createHash } = require("node:crypto");
const hash = createHash("sha256");
let bytes = 0;
process.stdin.setRawMode(true);
process.stdin.on("data", (chunk) => {
  hash.update(chunk);
  bytes += chunk.length;
  if (bytes >= Number(process.env.BYTES)) console.log("GOT", bytes, hash.digest("hex").slice(0, 16));
});
process.stdin.pause();
process.on("SIGUSR2", () => process.stdin.resume());
console.log("READER", process.pid);
setInterval(() => {}, 1000);
`;

const PLAN = `# Reading

## Stream A: Reading

**Terminals 1-2**

| # | Task | Terminal |
|---|------|----------|
| 1 | Read | 1 |
| 2 | Read | 2 |
`;

/** Bytes of all kinds, without the release key and without Escape before a digit: these two are the dashboard's. */
function noise(): Buffer {
  const next = random(3);
  const bytes = Buffer.alloc(TYPED);
  for (let at = 0; at < bytes.length; at++) {
    const byte = next(256);
    const digit = byte >= 0x30 && byte <= 0x39;
    bytes[at] = byte === 0x11 || (digit && bytes[at - 1] === 0x1b) ? 0x2e : byte;
  }
  return bytes;
}

function hashOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

/** CPU time that a process has used, ms (utime and stime of /proc/PID/stat, in ticks of 10 ms). */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /u, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function takenOver(
  place: Workplace,
  bytes: number,
): Promise<{ screen: ReturnType<Workplace["open"]>; reader: number; engine: number }> {
  place.file("reader.cjs", READER);
  const screen = place.open(["run", place.file("plan.md", PLAN), "--agent", "command", "--command", `env BYTES=${bytes} node reader.cjs`]);
  await screen.waitFor(/READER \d+[\s\S]*READER \d+/);
  screen.keys("1\r");
  await screen.waitFor("TAKE-OVER 1");
  const status = await place.json(["status"]);
  return { screen, reader: status.terminals[0].pid, engine: status.engine.pid };
}

it.skipIf(process.platform !== "linux")(
  "eighteen megabytes of random bytes arrive as they were typed, although the program reads them late, and nobody is busy while it does not",
  async () => {
    await using place = workplace();
    const { screen, reader, engine } = await takenOver(place, TYPED);
    const bytes = noise();
    screen.keys(bytes);
    // The engine has taken what it takes, and waits.
    let before = -1;
    let spent = cpuOf(engine);
    while (spent - before > 50) {
      before = spent;
      await new Promise((resolve) => setTimeout(resolve, 1000));
      spent = cpuOf(engine);
    }
    process.kill(reader, "SIGUSR2");
    await screen.waitFor(/GOT \d+ [0-9a-f]+/, 120_000);
    expect(screen.text()).toContain(`GOT ${TYPED} ${hashOf(bytes)}`);
    screen.keys("\x11");
    await screen.waitFor(/ZOOM 1|DASHBOARD/);
  },
  180_000,
);

it.skipIf(process.platform !== "linux")(
  "a paste of ten megabytes arrives whole, the dashboard's own keys in it included, and holds nobody up before it is read",
  async () => {
    await using place = workplace();
    const { screen, reader } = await takenOver(place, PASTED);
    const next = random(4);
    const bytes = Buffer.alloc(PASTED);
    for (let at = 0; at < bytes.length; at++) bytes[at] = next(64) === 0 ? 0x11 : 0x20 + next(90);
    screen.keys(Buffer.concat([Buffer.from("\x1b[200~"), bytes, Buffer.from("\x1b[201~\x11")]));
    // Nobody has read a byte of it, and the person is free to look elsewhere.
    await screen.waitFor(/ZOOM 1|DASHBOARD/);
    process.kill(reader, "SIGUSR2");
    await screen.waitFor(/GOT \d+ [0-9a-f]+/, 120_000);
    expect(screen.text()).toContain(`GOT ${PASTED} ${hashOf(bytes)}`);
  },
  180_000,
);
