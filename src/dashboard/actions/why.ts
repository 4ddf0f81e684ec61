/** The page that says why a terminal's state is shown. It stays true while it is open: the engine is asked again and again. */
import type { Notice } from "../stores/view-store.ts";
import { whyNotice } from "../views/why-notice.ts";
import type { ActionParts } from "./create.ts";
import { stillThere } from "./still-there.ts";

export interface WhyActions {
  why(terminal: number): void;
}

/** Signals come and go by the second; each question costs the engine something, ms. */
const AGAIN_MS = 2000;

export function whyActions(parts: ActionParts, complain: (failure: string) => (error: unknown) => void): WhyActions {
  const { view } = parts.stores;
  /** The page that answers this question, as long as it is open. */
  const opened = (question: symbol): Notice | null => {
    const { overlay } = view.getState();
    return overlay.kind === "notice" && overlay.about === question ? overlay : null;
  };
  const refresh = (terminal: number, question: symbol): void =>
    void parts.later(AGAIN_MS, () => {
      if (opened(question) === null) return;
      parts.send({ name: "why", terminal }).then(
        (answer) => {
          const page = opened(question);
          if (page === null) return;
          view.setState({ overlay: { ...whyNotice(terminal, answer, ownAge(parts, terminal)), about: question, scroll: page.scroll } });
          refresh(terminal, question);
        },
        // Without an engine the page stays as it was last known; the chip of the first line says that it is gone.
        () => {},
      );
    });
  return {
    why(terminal) {
      const question = Symbol(`why terminal ${terminal}`);
      const wanted = stillThere(view);
      parts.send({ name: "why", terminal }).then(
        (answer) => {
          if (!wanted()) return;
          view.setState({ overlay: { ...whyNotice(terminal, answer, ownAge(parts, terminal)), about: question } });
          refresh(terminal, question);
        },
        complain(`why terminal ${terminal} is shown so could not be asked`),
      );
    },
  };
}

/** How long a terminal's state has lasted by a rehearsal's own clock, as the board says it, ms; null where that clock is the world's. */
function ownAge({ screen, stores }: ActionParts, terminal: number): number | null {
  if ((stores.marathon.getState().state?.speed ?? 1) === 1) return null;
  return screen.frame().facts?.terminals.find(({ number }) => number === terminal)?.age ?? null;
}
