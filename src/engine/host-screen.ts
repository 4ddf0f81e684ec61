/** A terminal's screen as its host has it: what the program says through it goes to whom it concerns. */
import type { Place } from "../screen/asciicast.ts";
import type { ScreenOptions } from "../screen/screen.ts";
import type { HostOptions, HostPorts } from "./host-ports.ts";
import { RecordedScreen } from "./recorded-screen.ts";
import type { Running } from "./running-program.ts";
import type { StateWatch } from "./state-watch.ts";

interface Around {
  readonly watch: StateWatch;
  running(): Running | null;
  changed(): void;
}

export function hostScreen(options: HostOptions, ports: HostPorts, around: Around): RecordedScreen {
  const { terminal, cols, rows, scrollback, program } = options;
  const { marks, scheduler } = ports;
  const { watch } = around;
  const screen = {
    cols,
    rows,
    scrollback,
    program,
    scheduler,
    onReply: (bytes: Uint8Array) => around.running()?.answer(bytes),
    onBell: () => marks.rang(),
    onTitle: (title: string) => {
      marks.titled(title);
      ports.paneChanged(terminal);
    },
    onNotice: (notice) => marks.told(notice),
    onClipboard: (text) => marks.wanted(text),
    onSelf: (signal) => watch.heard(signal),
    onStatus: (report) => watch.reported(report),
    onChange: () => {
      around.running()?.heard();
      // Modes before the rows that came with them: who sees a prompt and pastes at once must get the marks that it asked for.
      around.changed();
      ports.changed(terminal);
    },
    onHigh: () => around.running()?.pty.pause(),
    onLow: () => around.running()?.pty.resume(),
  } satisfies ScreenOptions;
  const through = ({ id, at }: Place): void => {
    const pty = around.running()?.pty;
    if (pty?.id === id) pty.recordedTo(at);
  };
  return new RecordedScreen(screen, ports.record, () => ports.wall(), through);
}
