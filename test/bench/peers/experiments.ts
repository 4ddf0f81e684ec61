/** What is compared, and how each figure is taken. Each experiment starts the peer anew. */
import { cpuMs } from "../processes.ts";
import type { Peer } from "./contestants.ts";
import { peerScene, sleep, type PeerScene } from "./scene.ts";

export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** What our figure divided by tmux's must be: at most, or at least where more is better. */
  readonly most?: number;
  readonly least?: number;
  /** What our figure itself must be at most. */
  readonly limit?: number;
}

export interface Experiment {
  readonly name: string;
  readonly figures: readonly Figure[];
  /** Values in the order of the figures. */
  run(peer: Peer, quick: boolean): Promise<readonly number[]>;
}

const start = (name: string, loads: string, must: Pick<Figure, "limit">): Experiment => ({
  name,
  figures: [{ name: "start", unit: "ms", ...must }],
  async run(peer) {
    await using scene = await peerScene(peer, loads);
    return [scene.startMs];
  },
});

/** `typedBefore`: keys of the session that do not count. */
const echo = (name: string, loads: string, most: number, typedBefore = 0): Experiment => ({
  name: `key to echo, others ${name}`,
  figures: [
    { name: "p50", unit: "ms", most },
    { name: "p99", unit: "ms", most: 4 },
    { name: "slowest key", unit: "ms", limit: 100 },
  ],
  async run(peer, quick) {
    await using scene = await peerScene(peer, loads);
    await sleep(quick ? 500 : 1_500);
    const before = quick ? Math.min(typedBefore, 60) : typedBefore;
    const times = (await echoTimes(scene, before + (quick ? 60 : 150))).slice(before);
    return [percentile(times, 0.5), percentile(times, 0.99), Math.max(...times)];
  },
});

export const EXPERIMENTS: readonly Experiment[] = [
  start("start until ten terminals are on the screen", "shell", { limit: 500 }),
  start("the same with ten programs of Node.js", "quiet", {}),
  echo("quiet", "quiet", 3),
  // What is written for a virtual machine is interpreted at first: a person who stays for a night types more than 150 letters.
  echo("quiet, after 600 keys", "quiet", 3, 600),
  echo("at 50 KB/s each", "quiet,50k", 4),
  echo("flooding", "quiet,flood", 0.7),
  {
    name: "switch key and letter in one write, others quiet",
    figures: [{ name: "p50", unit: "ms", most: 2 }],
    async run(peer, quick) {
      if (peer.focus(1) === null) return [Number.NaN];
      await using scene = await peerScene(peer, "quiet");
      return [percentile(await switchTimes(scene, quick ? 20 : 40), 0.5)];
    },
  },
  {
    name: "a counter every 10 ms while nine print 50 KB/s",
    figures: [
      { name: "updates", unit: "/s", least: 0.55 },
      { name: "gap p95", unit: "ms", limit: 20 },
      { name: "to the terminal", unit: "KB/s", most: 1 },
    ],
    async run(peer, quick) {
      await using scene = await peerScene(peer, "counter,50k");
      await sleep(1_000);
      // Awaited here: the scene ends with this function.
      return await counted(scene, quick ? 3_000 : 6_000);
    },
  },
  cpu("agents at work", "agent,agent", { most: 2.5 }),
  cpu("idle", "quiet", { limit: 1 }),
  {
    name: "drain of 10 × 10 MB, all ten at once",
    figures: [
      { name: "drain", unit: "MB/s", least: 0.7 },
      // Says more than the clock where other work takes its share of the machine.
      { name: "CPU", unit: "s" },
    ],
    async run(peer) {
      await using scene = await peerScene(peer, "drain");
      const own = scene.own();
      const [before, began] = [cpuMs(own), performance.now()];
      await scene.drained();
      return [100 / ((performance.now() - began) / 1_000), (cpuMs(own) - before) / 1_000];
    },
  },
  {
    name: "the terminal does not read: what nine programs at 50 KB/s still get rid of",
    figures: [{ name: "of before", unit: "%" }],
    async run(peer, quick) {
      await using scene = await peerScene(peer, "quiet,50k");
      const windowMs = quick ? 2_000 : 4_000;
      const before = await rate(scene, windowMs);
      scene.watcher.pause();
      const stalled = await rate(scene, windowMs);
      scene.watcher.resume();
      return [(stalled / before) * 100];
    },
  },
];

function cpu(name: string, loads: string, must: Pick<Figure, "most" | "limit">): Experiment {
  return {
    name: `CPU, ten ${name}`,
    figures: [{ name: "of a core", unit: "%", ...must }],
    async run(peer, quick) {
      await using scene = await peerScene(peer, loads);
      // What the start sets in motion is not what it costs to go on; ours is over after 15 s.
      await sleep(quick ? 1_000 : 20_000);
      const windowMs = quick ? 3_000 : 12_000;
      const before = cpuMs(scene.own());
      await sleep(windowMs);
      return [((cpuMs(scene.own()) - before) / windowMs) * 100];
    },
  };
}

/** Keys go out on their own clock, 25 to 60 ms apart, whether or not the last one was answered: a stall counts against every key in it. */
async function echoTimes({ watcher, row }: PeerScene, keys: number): Promise<readonly number[]> {
  const typed = new Map<number, number>();
  const times: number[] = [];
  const stop = watcher.watch(() => {
    const now = performance.now();
    const answered = Number(/<1:(\d+):/.exec(watcher.row(row))?.[1] ?? 0);
    for (const [sequence, at] of typed) {
      if (sequence > answered) continue;
      typed.delete(sequence);
      times.push(now - at);
    }
  });
  for (let key = 0; key < keys; key++) {
    // The first answer was for the letter that found the row.
    typed.set(key + 2, performance.now());
    watcher.keys(String.fromCharCode(97 + (key % 26)));
    await sleep(25 + ((key * 13) % 36));
  }
  await watcher.until(() => typed.size === 0, "the last answers");
  stop();
  return times;
}

async function switchTimes({ watcher, peer }: PeerScene, switches: number): Promise<readonly number[]> {
  const answered = new Map<number, number>([[1, 1]]);
  const times: number[] = [];
  for (let index = 0; index < switches; index++) {
    const terminal = ((index + 1) % 10) + 1;
    const sequence = (answered.get(terminal) ?? 0) + 1;
    answered.set(terminal, sequence);
    const began = performance.now();
    watcher.keys(`${peer.focus(terminal) ?? ""}x`);
    times.push((await watcher.until(() => watcher.text().includes(`<${terminal}:${sequence}:x>`), `terminal ${terminal}`)) - began);
    await sleep(60);
  }
  return times;
}

async function counted({ watcher }: PeerScene, windowMs: number): Promise<readonly number[]> {
  const row = watcher
    .text()
    .split("\n")
    .findIndex((line) => /=\d+=/.test(line));
  if (row < 0) throw new Error(`no counter is on the screen:\n${watcher.text()}`);
  const gaps: number[] = [];
  let last = { count: -1, at: performance.now() };
  const stop = watcher.watch(() => {
    const count = Number(/=(\d+)=/.exec(watcher.row(row))?.[1] ?? -1);
    if (count === last.count || count < 0) return;
    const at = performance.now();
    gaps.push(at - last.at);
    last = { count, at };
  });
  const bytes = watcher.bytes;
  await sleep(windowMs);
  stop();
  return [gaps.length / (windowMs / 1_000), percentile(gaps, 0.95), (watcher.bytes - bytes) / 1_024 / (windowMs / 1_000)];
}

/** Bytes a second that terminals 2 to 10 take. */
async function rate(scene: PeerScene, windowMs: number): Promise<number> {
  const before = scene.wrote();
  await sleep(windowMs);
  return (scene.wrote() - before) / (windowMs / 1_000);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
