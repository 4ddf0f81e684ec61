import type { Actions } from "../actions.ts";
import type { Command } from "../commands.ts";
import { noOverlay } from "../stores/view-store.ts";
import { paletteMatches } from "../views/palette.ts";
import type { ActionParts } from "./create.ts";

type DialogActions = Pick<Actions, "overlay" | "closeOverlay" | "findKeys" | "choose" | "accept" | "eraseCharacter" | "eraseLine">;

/** What keys do in a question, the palette, and a line of text. */
export function dialogActions({ stores, screen }: ActionParts, runCommand: (command: Command) => boolean): DialogActions {
  const view = stores.view;
  const close = () => view.setState({ overlay: noOverlay });
  const edit = (change: (text: string) => string) => {
    const { overlay } = view.getState();
    if (overlay.kind === "palette") view.setState({ overlay: { ...overlay, query: change(overlay.query), index: 0 } });
    if (overlay.kind === "help") view.setState({ overlay: { ...overlay, query: change(overlay.query), scroll: 0 } });
    if (overlay.kind === "input" || overlay.kind === "compose" || overlay.kind === "answer")
      view.setState({ overlay: { ...overlay, text: change(overlay.text) } });
  };
  return {
    overlay: (overlay) => view.setState({ overlay }),
    closeOverlay() {
      const { overlay } = view.getState();
      const looking = overlay.kind === "help" && overlay.typing;
      view.setState({ overlay: looking ? { ...overlay, query: "", typing: false, scroll: 0 } : noOverlay });
    },
    findKeys(what) {
      const { overlay } = view.getState();
      if (overlay.kind === "help") view.setState({ overlay: { ...overlay, typing: what === "type", scroll: 0 } });
    },
    choose(step) {
      const { overlay } = view.getState();
      if (overlay.kind === "messages") {
        const count = Math.max(1, overlay.messages.length);
        return view.setState({ overlay: { ...overlay, index: (overlay.index + step + count) % count } });
      }
      if (overlay.kind !== "choice" && overlay.kind !== "palette") return;
      const count = overlay.kind === "choice" ? overlay.choices.length : paletteMatches(screen.frame(), overlay.query).length;
      if (count > 0) view.setState({ overlay: { ...overlay, index: (overlay.index + step + count) % count } });
    },
    accept() {
      const { overlay } = view.getState();
      if (overlay.kind === "palette") {
        const match = paletteMatches(screen.frame(), overlay.query)[overlay.index];
        if (match === undefined) return;
        close();
        runCommand(match.command);
      } else if (overlay.kind === "choice") {
        close();
        overlay.choices[overlay.index]?.run();
      } else if (overlay.kind === "input") {
        close();
        overlay.submit(overlay.text);
      }
    },
    eraseCharacter: () =>
      edit((text) =>
        [...new Intl.Segmenter().segment(text)]
          .slice(0, -1)
          .map((part) => part.segment)
          .join(""),
      ),
    eraseLine: () => edit(() => ""),
  };
}
