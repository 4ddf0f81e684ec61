/**
 * The holder as a process: `holder.js SOCKET MARATHON`. The engine that starts it speaks over descriptor 3, engines that
 * come later over the socket. It ends when an engine says so, or when it holds nothing that anybody could still ask for.
 */
import { chmodSync, rmSync } from "node:fs";
import { createServer, Socket } from "node:net";
import { setFlagsFromString } from "node:v8";
import { instead, readingBy, type Take } from "../../protocol/reads.ts";
import { VERSION } from "../../version.ts";
import { loadPty } from "../pty-native.ts";
import { spawnPty } from "../pty.ts";
import { Holder } from "./holder.ts";

/** Without an engine: how long the ends of programs are kept for one, and how long a holder waits that holds nothing, ms. */
const ENDS_KEPT_MS = 24 * 60 * 60_000;
const EMPTY_MS = 10_000;
/** How long output of terminals that nobody has in front may wait for that of others: as long as a dashboard waits between two frames of them. */
const REST_MS = 32;
const FIRST_ENGINE = 3;
/**
 * Each key passes the holder twice: what it does again and again is optimized after 20 times, and not after 400. Set here and not on its
 * command line, where a Node.js that does not know them would not start; here it says so in the log, and goes on.
 */
const SOON_FAST = ["--invocation-count-for-maglev=20", "--minimum-invocations-after-ic-update=20"];

for (const flag of SOON_FAST) setFlagsFromString(flag);
const [path = "", marathon = ""] = process.argv.slice(2);
let timer: NodeJS.Timeout | null = null;

// The program may be replaced on disk by a newer one meanwhile: all that will be needed is loaded now.
loadPty();
const holder = new Holder({
  spawn: spawnPty,
  marathon,
  version: VERSION,
  soon: setImmediate,
  later: (ms, callback) => void setTimeout(callback, ms),
  rest: (callback) => void setTimeout(callback, REST_MS),
  changed: () => {
    if (timer) clearTimeout(timer);
    timer = null;
    const { running, ended } = holder.holds;
    if (!holder.connected && running === 0) timer = setTimeout(end, ended > 0 ? ENDS_KEPT_MS : EMPTY_MS);
  },
  end,
  fault,
});
// A fault in one corner must not end ten agents.
process.on("uncaughtException", fault);
process.on("SIGHUP", () => {});

serve((take) => new Socket({ fd: FIRST_ENGINE, readable: true, writable: true, ...readingBy(take) }));
rmSync(path, { force: true });
const server = createServer({ pauseOnConnect: true }, (made) => serve((take) => instead(made, take)));
server.listen(path, () => chmodSync(path, 0o600));

function serve(open: (take: Take) => Socket): void {
  let take: Take = () => {};
  const socket = open((bytes) => take(bytes));
  take = holder.connect(socket);
  socket.on("drain", () => holder.drained());
  socket.on("error", () => holder.disconnect(socket));
  socket.on("close", () => holder.disconnect(socket));
}

/** Its log is what stderr is. */
function fault(error: Error): void {
  process.stderr.write(`${error.stack ?? error.message}\n`);
}

function end(): void {
  rmSync(path, { force: true });
  process.exit(0);
}
