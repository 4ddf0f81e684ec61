/** How the board is laid out. */
import type { Actions } from "../actions.ts";
import { arrangementHelp } from "../layout/arrangement.ts";
import { holdsBoard } from "../layout/board.ts";
import { orderedSlots } from "../layout/slots.ts";
import { slotWishes } from "../screen.ts";
import type { ActionParts } from "./create.ts";

type LayoutActions = Pick<Actions, "arrange" | "frames" | "orderPanes">;

export function layoutActions({ stores, screen }: ActionParts): LayoutActions {
  const { view } = stores;
  const order = () => {
    const { view: now, facts } = screen.frame();
    view.setState({ slots: orderedSlots(slotWishes(now, facts)) });
  };
  return {
    arrange(arrangement) {
      view.setState((now) => ({ look: { ...now.look, arrangement }, view: "board", area: "panes" }));
      if (arrangement === "attention") order();
      const { layout } = screen.frame();
      const small = (arrangement === "grid" || arrangement === "attention") && !holdsBoard(layout.size);
      view.toast(`layout ${arrangement}: ${small ? "this screen has room for one terminal at a time" : arrangementHelp[arrangement]}`);
    },
    frames(frames) {
      view.setState((now) => ({ look: { ...now.look, frames } }));
      view.toast(frames ? "with frames" : "without frames: the room is the terminals'");
    },
    orderPanes() {
      order();
      view.toast("the panes are in the order of need");
    },
  };
}
