import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Exit } from "../../src/engine/agents/agent.ts";
import { ByteLog } from "../../src/engine/holder/byte-log.ts";
import { HolderClient, type LineListeners } from "../../src/engine/holder/client.ts";
import type { HeldPty, PtyListeners } from "../../src/engine/holder/held-pty.ts";
import { Holder } from "../../src/engine/holder/holder.ts";
import type { Line } from "../../src/engine/holder/line.ts";
import { encode } from "../../src/engine/holder/wire.ts";
import type { PtySize } from "../../src/engine/pty.ts";
import { FakePty } from "../support/scene/fake-pty.ts";

const SIZE: PtySize = { cols: 80, rows: 24 };
const PROGRAM = { file: "sh", args: [], cwd: "/", env: {}, title: "sh" };
const LABEL = { title: "sh", task: 7 };

/** A pty that says whether its program is held back. */
class Device extends FakePty {
  waits = false;
  closed = false;
  /** Closing it goes wrong. */
  faulty = false;
  override pause(): void {
    this.waits = true;
    super.pause();
  }
  override resume(): void {
    this.waits = false;
    super.resume();
  }
  override dispose(): void {
    if (this.faulty) throw new Error("the device is bewitched");
    this.closed = true;
    super.dispose();
  }
}

/** A holder with its ptys and, one after the other, its engines. Nothing on the line waits unless `stuck`. */
class Stage {
  readonly devices: Device[] = [];
  readonly faults: string[] = [];
  ended = false;
  stuck = false;
  /** The moment for which output in the background may wait passes at once; else when it is called. */
  hasten = true;
  momentPasses: () => void = () => {};
  #cut: () => void = () => {};
  readonly holder = new Holder({
    spawn: (program, size) => {
      const device = new Device(1000 + this.devices.length, program, size, () => {});
      this.devices.push(device);
      return device;
    },
    marathon: "m",
    version: "1",
    soon: (callback) => callback(),
    later: () => {},
    rest: (callback) => {
      this.momentPasses = callback;
      if (this.hasten) callback();
    },
    changed: () => {},
    end: () => {
      this.ended = true;
      this.#cut();
    },
    fault: (error) => void this.faults.push(error.message),
  });

  /** The engine before is cut off, as by `kill -9`. */
  engine(): HolderClient {
    this.#cut();
    return new HolderClient({
      start: (listeners) => this.#connect(listeners),
      connect: (listeners) => Promise.resolve(this.#connect(listeners)),
      later: () => () => {},
      goOn: () => {},
      ended: () => Promise.resolve(),
      hungUp: () => Promise.resolve(),
      log: () => {},
    });
  }

  cut(): void {
    this.#cut();
  }

  #connect(listeners: LineListeners): Line {
    let open = true;
    const waiting = () => (this.stuck ? 1e9 : 0);
    const line: Line = {
      get writableLength() {
        return waiting();
      },
      write: (bytes) => open && listeners.data(Uint8Array.from(bytes)),
      cork: () => {},
      uncork: () => {},
      destroy: () => (open = false),
    };
    const take = this.holder.connect(line);
    this.#cut = () => {
      open = false;
      this.holder.disconnect(line);
    };
    return { writableLength: 0, write: (bytes) => open && take(Uint8Array.from(bytes)), cork() {}, uncork() {}, destroy: this.#cut };
  }
}

interface Heard extends PtyListeners {
  readonly bytes: () => string;
  readonly sizes: PtySize[];
  readonly exits: Exit[];
  /** Sizes, pieces of output and `caught up`, in their order. */
  readonly order: string[];
}

function listener(): Heard {
  const chunks: Buffer[] = [];
  const order: string[] = [];
  const sizes: PtySize[] = [];
  const exits: Exit[] = [];
  const sized = (size: PtySize): void => {
    sizes.push(size);
    order.push(`${size.cols}x${size.rows}`);
  };
  return {
    order,
    sizes,
    exits,
    sized,
    bytes: () => Buffer.concat(chunks).toString(),
    started: () => {},
    failed: (error) => order.push(`failed ${error.code}`),
    data: (bytes) => {
      chunks.push(Buffer.from(bytes));
      order.push(Buffer.from(bytes).toString());
    },
    goesOn: (_from, size) => sized(size),
    caughtUp: () => order.push("caught up"),
    exited: (exit) => exits.push(exit),
  };
}

function started(stage: Stage, engine: HolderClient): { readonly pty: HeldPty; readonly heard: Heard; readonly device: Device } {
  const pty = engine.spawn(3, PROGRAM, SIZE, LABEL);
  const heard = listener();
  pty.listen(heard);
  return { pty, heard, device: stage.devices.at(-1) as Device };
}

async function adopted(engine: HolderClient, from: number | "recorded"): Promise<{ readonly pty: HeldPty; readonly heard: Heard }> {
  const [held] = (await engine.takeOver())?.held ?? [];
  if (!held) throw new Error("nothing is held");
  const pty = engine.adopt(held);
  const heard = listener();
  pty.listen(heard);
  pty.goOn(from === "recorded" ? held.recorded : from);
  return { pty, heard };
}

describe("a holder", () => {
  test("passes on what a program writes, what is typed, sizes and the end", () => {
    const stage = new Stage();
    const { pty, heard, device } = started(stage, stage.engine());
    device.print("hello");
    pty.write(Buffer.from("typed"));
    pty.resize(100, 30);
    device.end({ code: 3, signal: null });
    expect(heard.bytes()).toBe("hello");
    expect(device.typed.toString()).toBe("typed");
    expect(device.size).toEqual({ cols: 100, rows: 30 });
    expect(heard.exits).toEqual([{ code: 3, signal: null }]);
    expect(pty.process?.pid).toBe(1000);
    pty.forget();
    expect(device.closed).toBe(true);
    expect(stage.holder.holds).toEqual({ running: 0, ended: 0 });
  });

  test("keeps what comes in the background for a moment, and passes it on as soon as its terminal is in front, typed for or at its end", () => {
    const stage = new Stage();
    const engine = stage.engine();
    const { pty, heard, device } = started(stage, engine);
    stage.hasten = false;
    device.print("first ");
    device.print("later ");
    expect(heard.bytes()).toBe("first ");
    stage.momentPasses();
    expect(heard.bytes()).toBe("first later ");
    device.print("in front ");
    engine.front(3);
    device.print("at once ");
    expect(heard.bytes()).toBe("first later in front at once ");
    engine.front(null);
    device.print("waits ");
    pty.write(Buffer.from("?"));
    device.print("echo ");
    expect(heard.bytes()).toBe("first later in front at once waits echo ");
    device.print("end");
    device.end({ code: 0, signal: null });
    expect(heard.bytes()).toBe("first later in front at once waits echo end");
    expect(heard.exits).toHaveLength(1);
  });

  test("tells a new engine what there is, and sends it what is not recorded, at the sizes it was written for", async () => {
    const stage = new Stage();
    const { pty, device } = started(stage, stage.engine());
    device.print("one ");
    pty.recordedTo(4);
    pty.answer(Buffer.from("!"));
    device.print("two ");
    pty.resize(90, 20);
    device.print("three ");
    stage.cut();
    device.print("four");
    const engine = stage.engine();
    const [held] = (await engine.takeOver())?.held ?? [];
    expect(held).toMatchObject({ terminal: 3, label: LABEL, size: { cols: 90, rows: 20 }, recorded: 4, end: 18, exit: null });
    const { heard } = await adopted(stage.engine(), "recorded");
    expect(heard.order).toEqual(["80x24", "two ", "90x20", "three four", "caught up"]);
    device.print(" five");
    expect(heard.order.at(-1)).toBe(" five");
  });

  test("keeps an end for the next engine until it is forgotten", async () => {
    const stage = new Stage();
    const { device } = started(stage, stage.engine());
    stage.cut();
    device.print("last words");
    device.end({ code: 0, signal: null });
    expect(stage.holder.holds).toEqual({ running: 0, ended: 1 });
    const first = await adopted(stage.engine(), 0);
    expect(first.heard.exits).toHaveLength(1);
    const { pty, heard } = await adopted(stage.engine(), 0);
    expect(heard.bytes()).toBe("last words");
    expect(heard.exits).toEqual([{ code: 0, signal: null }]);
    pty.forget();
    expect(stage.holder.holds.ended).toBe(0);
  });

  test("lets a program write 4 MB that nobody takes, then holds it back, and loses nothing", async () => {
    const stage = new Stage();
    const { device } = started(stage, stage.engine());
    stage.cut();
    const piece = "x".repeat(1024 * 1024);
    for (let megabyte = 0; megabyte < 4; megabyte++) {
      expect(device.waits).toBe(false);
      device.print(piece);
    }
    expect(device.waits).toBe(true);
    const { pty, heard } = await adopted(stage.engine(), 0);
    expect(heard.bytes()).toHaveLength(4 * 1024 * 1024);
    pty.recordedTo(3 * 1024 * 1024);
    pty.answer(Buffer.from(""));
    expect(device.waits).toBe(false);
  });

  test("reads only a little ahead of an engine that takes nothing, or asked to wait", () => {
    const stage = new Stage();
    const { pty, heard, device } = started(stage, stage.engine());
    stage.stuck = true;
    device.print("x".repeat(300_000));
    expect(device.waits).toBe(true);
    expect(heard.bytes()).toBe("");
    stage.stuck = false;
    stage.holder.drained();
    expect(device.waits).toBe(false);
    expect(heard.bytes()).toHaveLength(300_000);
    pty.pause();
    device.print("y".repeat(300_000));
    expect(device.waits).toBe(true);
    pty.resume();
    expect(heard.bytes()).toHaveLength(600_000);
    expect(device.waits).toBe(false);
  });

  test("closes its terminals and ends when it is told so", async () => {
    const stage = new Stage();
    const engine = stage.engine();
    const { device } = started(stage, engine);
    void engine.end();
    expect(device.closed).toBe(true);
    expect(stage.ended).toBe(true);
  });

  test("goes on with what is said behind something that goes wrong, and ends when it is told so all the same", () => {
    const stage = new Stage();
    const engine = stage.engine();
    const first = started(stage, engine);
    const second = engine.spawn(4, PROGRAM, SIZE, LABEL);
    for (const device of stage.devices) device.faulty = true;
    first.pty.forget();
    expect(stage.holder.connected).toBe(true);
    second.write(Buffer.from("typed"));
    expect(stage.devices[1]?.typed.toString()).toBe("typed");
    void engine.end();
    expect(stage.ended).toBe(true);
    expect(stage.faults).toEqual(["the device is bewitched", "the device is bewitched"]);
  });

  test("lets go of whoever does not speak its language, and its programs go on", () => {
    const stage = new Stage();
    const { device } = started(stage, stage.engine());
    stage.cut();
    let destroyed = false;
    const stranger: Line = { writableLength: 0, write: () => {}, cork() {}, uncork() {}, destroy: () => (destroyed = true) };
    stage.holder.connect(stranger)(Buffer.from("GET / HTTP/1.1\r\n\r\n"));
    expect(destroyed).toBe(true);
    expect(stage.holder.connected).toBe(false);
    expect(device.closed).toBe(false);
  });

  test("that cannot start a program says why", () => {
    const holder = new Holder({
      spawn: () => {
        throw new Error("no pty is left");
      },
      marathon: "m",
      version: "1",
      soon: (callback) => callback(),
      later: () => {},
      rest: (callback) => callback(),
      changed: () => {},
      end: () => {},
      fault: () => {},
    });
    const said: string[] = [];
    const line: Line = {
      writableLength: 0,
      write: (bytes) => said.push(Buffer.from(bytes).toString()),
      cork() {},
      uncork() {},
      destroy() {},
    };
    holder.connect(line)(encode({ type: "spawn", terminal: 1, id: "a", label: LABEL, program: PROGRAM, size: SIZE }));
    expect(said.join("")).toContain("no pty is left");
  });

  test("whatever engines come and go, each gets exactly the bytes from the place on that it asks for", async () => {
    const acts = fc.array(
      fc.oneof(
        fc.record({ act: fc.constant("print" as const), bytes: fc.nat(200_000) }),
        fc.record({ act: fc.constant("record" as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
        fc.record({ act: fc.constant("resize" as const), cols: fc.integer({ min: 2, max: 200 }) }),
        fc.record({ act: fc.constant("engine" as const) }),
      ),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(acts, async (script) => {
        const stage = new Stage();
        const { device, ...first } = started(stage, stage.engine());
        let { pty, heard } = first;
        let from = 0;
        let recorded = 0;
        let written = "";
        for (const step of script) {
          if (step.act === "print") {
            const text = Array.from({ length: Math.ceil(step.bytes / 8) }, (_, index) =>
              String(written.length + index * 8).padStart(7),
            ).join("\n");
            written += text;
            device.print(text);
          } else if (step.act === "record") {
            recorded = Math.max(recorded, from + Math.floor(heard.bytes().length * step.share));
            pty.recordedTo(recorded);
            pty.answer(Buffer.from("?"));
          } else if (step.act === "resize") {
            pty.resize(step.cols, 24);
          } else {
            stage.cut();
            ({ pty, heard } = await adopted(stage.engine(), recorded));
            from = recorded;
          }
          expect(heard.bytes()).toBe(written.slice(from));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("an engine that ends its holder", () => {
  const holder = { pid: 4711, start: 42 };

  /** `answers`: it lets go of the line as it is told to. */
  async function ends(answers: boolean): Promise<readonly string[]> {
    const order: string[] = [];
    let closed: () => void = () => {};
    const engine = new HolderClient({
      start: (listeners) => {
        closed = () => listeners.closed();
        return {
          writableLength: 0,
          write: (bytes) => answers && Buffer.from(bytes).includes('"end"') && closed(),
          cork() {},
          uncork() {},
          destroy() {},
          process: holder,
        };
      },
      connect: () => Promise.resolve(null),
      later: (_ms, callback) => {
        if (!answers) queueMicrotask(callback);
        return () => {};
      },
      goOn: ({ pid }) => void order.push(`wakes ${pid}`),
      ended: async (known) => {
        order.push(`waits for ${known.pid} of ${known.start}`);
        await Promise.resolve();
        order.push("it is gone");
      },
      hungUp: () => Promise.resolve(),
      log: () => {},
    });
    engine.prepare();
    await engine.end();
    return [...order, "ended"];
  }

  const inOrder = ["wakes 4711", "waits for 4711 of 42", "it is gone", "ended"];

  test("wakes it, and waits until the process itself is gone", async () => {
    expect(await ends(true)).toEqual(inOrder);
  });

  test("does not wait for ever for one that does not answer", async () => {
    expect(await ends(false)).toEqual(inOrder);
  });
});

describe("a log of bytes", () => {
  test("has every byte from its start on at its place, whatever is forgotten", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(150_000), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 12 }), (steps) => {
        const log = new ByteLog(SIZE);
        let all = Buffer.alloc(0);
        let forgotten = 0;
        for (const [length, share] of steps) {
          const bytes = Buffer.alloc(length, `${all.length} `);
          all = Buffer.concat([all, bytes]);
          log.append(bytes);
          forgotten = Math.max(forgotten, Math.floor(log.end * share));
          log.forget(forgotten);
          expect(log.start).toBeLessThanOrEqual(forgotten);
          const got: Uint8Array[] = [];
          for (let at = log.start; at < log.end; at += got.at(-1)?.length ?? 0) got.push(log.from(at));
          expect(Buffer.concat(got).equals(all.subarray(log.start))).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("knows what size each byte was written for", () => {
    const log = new ByteLog(SIZE);
    log.append(Buffer.alloc(10));
    log.resized({ cols: 100, rows: 30 }, 4);
    log.resized({ cols: 101, rows: 30 }, 4);
    log.resized({ cols: 50, rows: 10 }, 99);
    expect([0, 3, 4, 9, 10].map((place) => log.sizeAt(place).cols)).toEqual([80, 80, 101, 101, 50]);
    expect(log.nextSize(4)).toEqual({ at: 10, size: { cols: 50, rows: 10 } });
    expect(log.nextSize(10)).toBeNull();
  });
});
