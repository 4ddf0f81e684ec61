/**
 * A fake agent. It appends every byte that it sends and receives to files beside it, and does what it is told on its own
 * socket, one JSON object a line: {"id":1,"do":"print","base64":"…"}; each gets one answer with the same id.
 * The test's truth about a terminal comes from here and never from the program under test.
 */
const { createHash } = require("node:crypto");
const { appendFileSync, readFileSync, rmSync } = require("node:fs");
const { spawn } = require("node:child_process");
const net = require("node:net");
const path = require("node:path");

const folder = process.env.BENCH;
const terminal = process.env.MARATHON_TERMINAL;
const file = (name) => path.join(folder, `${name}-${terminal}`);
const start = Number(
  readFileSync("/proc/self/stat", "utf8")
    .replace(/^.*\) /su, "")
    .split(" ")[19],
);
appendFileSync(path.join(folder, "started.jsonl"), `${JSON.stringify({ terminal: Number(terminal), pid: process.pid, start })}\n`);

const received = { hash: createHash("sha256"), bytes: 0 };
const sizes = [];
let typed = 0;
process.stdin.setRawMode(true);
process.stdin.on("data", (bytes) => {
  appendFileSync(file("in"), bytes);
  received.hash.update(bytes);
  received.bytes += bytes.length;
  typed += bytes.length;
});
process.on("SIGWINCH", () => sizes.push(process.stdout.getWindowSize().join("x")));

function say(bytes) {
  appendFileSync(file("out"), bytes);
  process.stdout.write(bytes);
}

/** Numbered coloured lines, not kept in the side file: they are too many, and can be made again. */
async function flood(bytes) {
  let sent = 0;
  let line = 0;
  while (sent < bytes) {
    let chunk = "";
    while (chunk.length < 60_000) chunk += `\x1b[3${line % 8}m${line++} ${"0123456789".repeat(9)}\x1b[m\r\n`;
    sent += chunk.length;
    if (!process.stdout.write(chunk)) await new Promise((go) => process.stdout.once("drain", go));
    await new Promise((go) => setImmediate(go));
  }
  process.stdout.write(`flood of ${line} lines over\r\n`);
  return { bytes: sent, lines: line };
}

/** Children that try to stay: each answers with its pid. */
function fork(kind) {
  const forms = {
    plain: ["sleep 1000", false],
    nohup: ["nohup sleep 1000 >/dev/null 2>&1", false],
    deaf: ["trap '' TERM HUP INT; while :; do sleep 1000; done", false],
    session: ["sleep 1000", true],
    deafSession: ["trap '' TERM HUP INT; while :; do sleep 1000; done", true],
    daemon: ["(setsid sleep 1000 >/dev/null 2>&1 </dev/null &) ; exit 0", true],
  };
  const [script, detached] = forms[kind];
  return { pid: spawn("/bin/bash", ["-c", script], { detached, stdio: "ignore" }).pid };
}

/** So many children that end at once, and of which nobody wants to know: half of them in sessions of their own. */
async function swarm(count) {
  const script = `i=0; while [ $i -lt ${count} ]; do i=$((i + 1)); if [ $((i % 2)) -eq 0 ]; then setsid true & else true & fi; done`;
  await new Promise((over) => spawn("/bin/bash", ["-c", script], { stdio: "ignore" }).once("exit", over));
  return {};
}

const acts = {
  print: ({ base64 }) => say(Buffer.from(base64, "base64")),
  flood: ({ bytes }) => flood(bytes),
  fork: ({ kind }) => fork(kind),
  swarm: ({ count }) => swarm(count),
  spin: () =>
    setImmediate(() => {
      for (;;);
    }),
  pause: () => void process.stdin.pause(),
  resume: () => void process.stdin.resume(),
  forget: () => void (typed = 0),
  state: () => ({ bytes: received.bytes, hash: received.hash.copy().digest("hex"), typed, sizes, size: process.stdout.getWindowSize() }),
  exit: ({ code }) => void setTimeout(() => process.exit(code), 20),
  crash: () => process.kill(process.pid, "SIGSEGV"),
};

const address = path.join(folder, `a${terminal}.sock`);
rmSync(address, { force: true });
net
  .createServer((socket) => {
    let text = "";
    socket.on("error", () => {});
    socket.on("data", async (chunk) => {
      text += chunk;
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
        const { id, do: what, ...rest } = JSON.parse(text.slice(0, end));
        text = text.slice(end + 1);
        const answer = (await acts[what](rest)) ?? {};
        socket.write(`${JSON.stringify({ id, ...answer })}\n`);
      }
    });
  })
  .listen(address, () => say(Buffer.from(`AGENT ${terminal} READY\r\n`)));
