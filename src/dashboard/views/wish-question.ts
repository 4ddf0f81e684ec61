/** Which of the work that agents ask for is to join the plan. */
import type { OpenWish } from "../../marathon/wishes.ts";
import { plain } from "../format.ts";
import type { Overlay } from "../stores/view-store.ts";

export interface WishActs {
  wish(wish: OpenWish): void;
  /** Something that nobody has asked for. */
  other(): void;
}

export function wishQuestion(wishes: readonly OpenWish[], acts: WishActs): Overlay {
  const said = ({ terminal, reason }: OpenWish): string =>
    plain(`${terminal === null ? "a report" : `terminal ${terminal}`}: ${reason ?? "no reason is given"}`);
  return {
    kind: "choice",
    wide: true,
    title: "Add work to the plan",
    body: ["Agents ask for work that the plan does not have. Esc adds nothing."],
    index: 0,
    choices: [
      ...wishes.map((wish) => ({ label: plain(wish.title), help: said(wish), run: () => acts.wish(wish) })),
      { label: "something else", help: "", run: () => acts.other() },
    ],
  };
}
