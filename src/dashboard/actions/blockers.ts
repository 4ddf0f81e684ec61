/** What keys do about blockers: requests to the engine, and the questions that come before some of them. */
import { findBlocker, type BlockerWish } from "../../marathon/blocker-judge.ts";
import type { Blocker, State } from "../../marathon/types.ts";
import type { Request } from "../../protocol/messages.ts";
import { plain } from "../format.ts";
import { fallbackQuestion, reassignQuestion, resolveWords } from "../views/blocker-questions.ts";
import type { Overlay } from "../stores/view-store.ts";
import type { ActionParts } from "./create.ts";

export interface BlockerActions {
  /** Everything about it, as a page that has its keys. */
  openBlocker(id: string): void;
  /** "last" is the one that was acted on last. */
  actOnBlocker(id: string, wish: BlockerWish, note?: string | null): void;
  /** Asks which terminal takes over. */
  chooseTerminal(id: string): void;
  /** Asks what to do instead. */
  chooseFallback(id: string): void;
  /** Asks for a note, then resolves. */
  resolveBlocker(id: string): void;
  /** Asks what it taught, and keeps that with the blocker. */
  learnFrom(id: string): void;
  documentBlocker(id: string): void;
  /** Asks for the reason, then raises a blocker. */
  blockTask(task: number, title: string): void;
}

/** Words about an act stay as long as it takes to read them, ms. */
const TOLD_MS = 8000;

export function blockerActions({ stores, send }: ActionParts): BlockerActions {
  const { view, marathon } = stores;
  const by = "a person";
  const ask = (request: Request, more = ""): void =>
    void send(request).then(
      (answer) => view.toast(`${(answer as { readonly said: string }).said}${more}`, "good", TOLD_MS),
      (error: unknown) => view.toast(error instanceof Error ? error.message : String(error), "bad", TOLD_MS),
    );
  const act: BlockerActions["actOnBlocker"] = (id, wish, note = null) =>
    ask(
      { name: "blocker", blocker: id, wish, note, by },
      wish.act === "undo" ? "" : `; u takes it back${wish.act === "resolve" && note === null ? ", X notes what it taught" : ""}`,
    );
  const question = <Chosen>(
    id: string,
    make: (state: State, t: number, blocker: Blocker, chosen: Chosen) => Overlay,
    chosen: Chosen,
  ): void => {
    const { state } = marathon.getState();
    const blocker = state && findBlocker(state, id);
    if (state && blocker) view.setState({ overlay: make(state, marathon.now(), blocker, chosen) });
  };
  return {
    openBlocker: (id) => view.setState({ overlay: { kind: "blocker", id, scroll: 0 } }),
    actOnBlocker: act,
    chooseTerminal: (id) => question(id, reassignQuestion, (choice: number) => act(id, { act: "reassign", to: choice })),
    chooseFallback: (id) => question(id, fallbackQuestion, (choice: number, words: string) => act(id, { act: "fallback", choice, words })),
    resolveBlocker(id) {
      const submit = (note: string): void => act(id, { act: "resolve" }, note.trim() || null);
      const { state } = marathon.getState();
      const body = state ? resolveWords(state, id) : [];
      view.setState({ overlay: { kind: "input", title: `Resolve ${id}: what helped?`, body, text: "", submit } });
    },
    learnFrom(id) {
      const submit = (note: string): void => {
        if (note.trim() === "") view.toast("nothing was noted", "warn");
        else ask({ name: "blocker", blocker: id, wish: { act: "learn" }, note: note.trim(), by });
      };
      const body = [plain(marathon.getState().state?.blockers[id]?.title ?? "")];
      view.setState({ overlay: { kind: "input", title: `${id}: what did it teach, what was found out?`, body, text: "", submit } });
    },
    documentBlocker: (id) => ask({ name: "document-blocker", blocker: id, by }),
    blockTask(task, title) {
      const submit = (reason: string): void => {
        if (reason.trim() === "") view.toast("nothing was blocked: say why", "warn");
        else ask({ name: "block", task, reason, priority: null, by });
      };
      const body = ["It stops until somebody resolves it (x); its terminal goes on with other work. Esc changes nothing."];
      view.setState({ overlay: { kind: "input", title: plain(`Block ${task} ${title}: why?`).slice(0, 60), body, text: "", submit } });
    },
  };
}
