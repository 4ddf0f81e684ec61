import { MAX_MESSAGE_BYTES, withoutControls } from "../../marathon/message-text.ts";
import type { MessageOverlay } from "../stores/message-overlays.ts";
import type { Stores } from "../stores/stores.ts";

/** Puts what was typed or pasted behind the text; in front of any text a digit marks the answer of that number. */
export function write({ view }: Stores, overlay: Extract<MessageOverlay, { kind: "compose" | "answer" }>, typed: string): void {
  if (overlay.kind === "answer" && overlay.text === "" && overlay.question.options[Number(typed) - 1] !== undefined)
    return view.setState({ overlay: { ...overlay, index: Number(typed) - 1, note: null } });
  // A UTF-16 unit has one byte at least: what is surely too long is not even kept.
  if (overlay.text.length + typed.length > MAX_MESSAGE_BYTES)
    return view.toast(
      `that is longer than a message may be (${MAX_MESSAGE_BYTES / 1024} KB): write it to a file and send its path`,
      "bad",
      8000,
    );
  const text = overlay.text + withoutControls(typed).text;
  view.setState({ overlay: overlay.kind === "answer" ? { ...overlay, text, index: -1, note: null } : { ...overlay, text, note: null } });
}
