/** The line between dashboards and engine: a real unix socket that a story can cut, as a `kill -9` of the engine does. */
import { connect, createServer, type Server, type Socket } from "node:net";

export class Line {
  readonly path: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #engine: string | null = null;

  constructor(path: string) {
    this.path = path;
    this.#server = createServer((near) => this.#accept(near));
  }

  open(): Promise<void> {
    return new Promise((resolve) => void this.#server.listen(this.path, resolve));
  }

  /** Who listens at the other end from now on; null: nobody. */
  leadsTo(engine: string | null): void {
    this.#engine = engine;
  }

  /** Everybody who is connected loses the other end at once, without a word. */
  cut(): void {
    this.#engine = null;
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): Promise<void> {
    this.cut();
    return new Promise((resolve) => void this.#server.close(() => resolve()));
  }

  #accept(near: Socket): void {
    if (this.#engine === null) return void near.destroy();
    const far = connect(this.#engine);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}
