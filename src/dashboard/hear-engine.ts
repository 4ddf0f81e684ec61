/** What the engine says besides rows of cells goes to the stores; what cannot be kept there, to whom it concerns. */
import type { ServerMessage } from "../protocol/messages.ts";
import type { Stores } from "./stores/stores.ts";

interface Concerned {
  /** A missing event cannot happen on one socket; if it does, what we show is wrong: connect anew. */
  eventMissing(): void;
  paneTold(terminal: number): void;
  copied(terminal: number, text: string): void;
  rings(notify: string | undefined): void;
}

export function hearEngine({ marathon, panes, marks }: Stores, concerned: Concerned): (message: ServerMessage) => void {
  return (message) => {
    if (message.type === "event") {
      if (!marathon.event(message.event)) concerned.eventMissing();
    } else if (message.type === "clock") {
      marathon.clock(message);
    } else if (message.type === "pane") {
      const { terminal, title, modes, cols, rows, scrollback, scroll } = message;
      panes.update(terminal, { title, modes, cols, rows, scrollback, scroll });
      concerned.paneTold(terminal);
    } else if (message.type === "clipboard") {
      concerned.copied(message.terminal, message.text);
    } else if (message.type === "goodbye") {
      marathon.connection({ status: "ended", reason: message.reason });
    } else if (message.type === "marks") {
      marks.update(message);
    } else if (message.type === "bell") {
      concerned.rings(message.notify);
    }
  };
}
