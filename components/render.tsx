import { render } from "ink";
import type { Size } from "../src/dashboard/geometry.ts";
import type { Screen } from "../src/dashboard/screen.ts";
import { App } from "./App.tsx";

export interface ChromeOptions {
  readonly screen: Screen;
  /** A stream that is no terminal, with `columns` and `rows`; see src/dashboard/terminal. */
  readonly stdout: NodeJS.WritableStream & { columns: number; rows: number };
  /** A stream that nothing is written to: keys reach the controller, never Ink. */
  readonly stdin: NodeJS.ReadableStream;
}

export interface Chrome {
  /** Lays the chrome out for another size. The view store's size must already be that one. */
  resize(size: Size): void;
  unmount(): void;
}

/** What the engine tells is held back by the screen already; a key must not wait for the end of Ink's own pause. */
const MAX_FPS = 60;

/** Draws the chrome into `stdout`. */
export function renderChrome({ screen, stdout, stdin }: ChromeOptions): Chrome {
  const instance = render(<App screen={screen} />, {
    // Ink's types ask for the process's own streams; it uses write, columns, rows and the events of a stream.
    stdout: stdout as NodeJS.WriteStream,
    stdin: stdin as NodeJS.ReadStream,
    // With CI in the environment Ink would else draw nothing until the end.
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
    maxFps: MAX_FPS,
  });
  return {
    resize(size) {
      stdout.columns = size.columns;
      stdout.rows = size.rows;
      stdout.emit("resize");
    },
    unmount() {
      instance.unmount();
      instance.cleanup();
    },
  };
}
