/** Starts a holder process that outlives the engine, and finds the one of an engine before. */
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import type { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { connectReading, instead } from "../../protocol/reads.ts";
import { oneArena } from "../environment.ts";
import { startTime } from "../processes.ts";
import type { LineListeners } from "./client.ts";
import type { Line } from "./line.ts";

export interface HolderPlace {
  readonly marathon: string;
  readonly socket: string;
  /** What Node.js itself says at its end goes there. */
  readonly log: string;
}

/** Beside the bundle, one above a bundle split into a folder, and the source itself when nothing is built (Node strips the types). */
const PLACES = ["./holder.js", "../holder.js", "../../holder.js", "./main.ts"];
/** The descriptor on which the holder finds the engine that started it. */
const FIRST_ENGINE = 3;
/** It holds bytes for an instant only: small spaces for what is young, and no threads that compile. */
const FRUGAL = ["--max-semi-space-size=1", "--v8-pool-size=0"];

/** The line takes messages at once, and the holder comes to them when it is up. */
export function startHolder({ marathon, socket, log }: HolderPlace, listeners: LineListeners): Line {
  const file = openSync(log, "a", 0o600);
  try {
    const child = spawn(process.execPath, [...FRUGAL, programFile(), socket, marathon], {
      cwd: "/",
      env: oneArena(process.env),
      detached: true,
      stdio: ["ignore", file, file, "pipe"],
    });
    child.on("error", () => {});
    child.unref();
    // Node.js makes such pipes of unix sockets, which go in both directions.
    const line = listening(
      instead(child.stdio[FIRST_ENGINE] as Socket, (chunk) => listeners.data(chunk)),
      listeners,
    );
    return child.pid === undefined ? line : Object.assign(line, { process: { pid: child.pid, start: startTime(child.pid) } });
  } finally {
    closeSync(file);
  }
}

/** Null when nobody listens there. */
export function connectHolder({ socket: path }: HolderPlace, listeners: LineListeners): Promise<Line | null> {
  return new Promise((resolve) => {
    const socket = connectReading(path, (chunk) => listeners.data(chunk));
    socket.once("connect", () => resolve(listening(socket, listeners)));
    socket.once("error", () => resolve(null));
  });
}

function listening(socket: Socket, listeners: LineListeners): Line {
  socket.on("error", () => {});
  socket.on("close", () => listeners.closed());
  return socket;
}

function programFile(): string {
  const found = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((file) => existsSync(file));
  if (found === undefined) throw new Error("holder.js is missing beside the program: npm run build");
  return found;
}
