/** What a session is given: a terminal, how it looks, and the ways to the outside. */
import type { ColorDepth } from "../protocol/colors.ts";
import type { ActionPorts } from "./actions/create.ts";
import type { KeyOverrides } from "./keymap.ts";
import type { Screen } from "./screen.ts";
import type { Chrome } from "./terminal/chrome.ts";
import type { Learned } from "./terminal/outer-answers.ts";
import type { TakenOver } from "./terminal/stdin-router.ts";
import type { Theme } from "./theme.ts";

/** The person's terminal, as far as the session needs it. */
export interface OuterPort {
  readonly size: { readonly columns: number; readonly rows: number };
  /** Whether it takes a frame now; when it was not, `drained` must be called once it is. */
  readonly ready: boolean;
  write(output: string | Uint8Array): void;
  /** Take-over: keys go to this pane, and the terminal follows its modes; null gives both back to the dashboard. */
  follow(taken: TakenOver | null): void;
}

export interface SessionOptions extends Pick<ActionPorts, "readFile" | "copyOut" | "onDetach" | "onStopped"> {
  readonly outer: OuterPort;
  readonly theme: Theme;
  /** Colours that the person's terminal shows; null as long as it has not told what it is. */
  readonly depth: (learned: Learned | null) => ColorDepth;
  readonly colors: boolean;
  /** The person's terminal reports the mouse. */
  readonly mouse: boolean;
  readonly keys: KeyOverrides;
  readonly terminalName: string;
  /** Draws the components on the chrome's canvases and answers how to stop; components stay out of this folder. */
  readonly render: (screen: Screen, chrome: Chrome) => Promise<() => void>;
}
