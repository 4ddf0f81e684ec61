/**
 * A unix socket that is there as long as its engine is. Clean-up programs remove old files of temp folders: the server would go on
 * listening where nobody finds it, and its marathon could be neither seen nor stopped.
 */
import { chmodSync, lstatSync, mkdirSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { dirname } from "node:path";

/** How often it is looked whether the file is there, ms. */
const LOOK_MS = 2000;

export class SocketFile {
  readonly #accept: (socket: Socket) => void;
  readonly #made: () => void;
  #server: Server | null = null;
  #path = "";
  #inode = 0;
  #timer: NodeJS.Timeout | null = null;
  #making = false;

  /** `accept` gets sockets of which nothing is read yet. `made`: the file was gone and is there again. */
  constructor(accept: (socket: Socket) => void, made: () => void = () => {}) {
    this.#accept = accept;
    this.#made = made;
  }

  /** Listens on the path (0600); a stale file of a dead engine is replaced. The caller holds the lock. Rejects when it cannot. */
  async listen(path: string): Promise<void> {
    this.#path = path;
    await this.#make();
    this.#timer = setInterval(() => void this.#look(), LOOK_MS).unref();
  }

  /** Connections that are open stay so. */
  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#server?.close();
  }

  async #look(): Promise<void> {
    if (this.#making || lstatSync(this.#path, { throwIfNoEntry: false })?.ino === this.#inode) return;
    this.#making = true;
    try {
      // It would remove whatever has that name when it is closed, so it is closed before.
      this.#server?.close();
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      await this.#make();
      this.#made();
    } catch {
      // The folder cannot be made now: the next look tries again.
    }
    this.#making = false;
  }

  #make(): Promise<void> {
    rmSync(this.#path, { force: true });
    const server = createServer({ pauseOnConnect: true }, this.#accept);
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#path, () => {
        chmodSync(this.#path, 0o600);
        this.#inode = lstatSync(this.#path).ino;
        resolve();
      });
    });
  }
}
