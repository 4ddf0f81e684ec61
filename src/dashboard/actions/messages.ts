/** Writing to agents and answering them: what the keys do, and what becomes of it. */
import type { Message } from "../../marathon/types.ts";
import type { MessageResult } from "../../protocol/messages.ts";
import type { TerminalFacts } from "../facts/types.ts";
import type { MessageOverlay } from "../stores/message-overlays.ts";
import { noOverlay } from "../stores/view-store.ts";
import { answerActions, type AnswerActions } from "./answers.ts";
import type { ActionParts } from "./create.ts";
import { whyActions, type WhyActions } from "./why.ts";

export interface MessageActions extends AnswerActions, WhyActions {
  /** Begins a message to these terminals. */
  compose(terminals: readonly number[], text?: string): void;
  /** Sends what was written; to several only after a question. */
  send(): void;
  /** Begins to pick terminals. */
  pick(): void;
  movePick(rows: number): void;
  /** Picks or leaves out: the terminal of the row, or all that belong to a group (or none, if all of them are picked). */
  togglePick(group: "row" | "all" | "idle" | "stream"): void;
  takePicked(): void;
  /** What was sent, and what became of it. */
  showMessages(): void;
  /** The selected message once more, or not at all. */
  sendAgain(): void;
  dropMessage(): void;
}

type Of<K extends MessageOverlay["kind"]> = Extract<MessageOverlay, { kind: K }>;

const PERSON = "a person";
const LATEST = 12;

export function messageActions(parts: ActionParts, focus: (terminal: number) => void): MessageActions {
  const { view } = parts.stores;
  const complain = (failure: string) => (error: unknown) => view.toast(`${failure}: ${reasonOf(error)}`, "bad", 8000);
  const compose = (terminals: readonly number[], text = "", note: string | null = null) =>
    view.setState({ overlay: { kind: "compose", terminals, text, note } });
  return {
    compose: (terminals, text) => compose(terminals, text),
    send() {
      const overlay = opened(parts, "compose");
      if (overlay === null) return;
      if (overlay.terminals.length === 1) deliver(parts, overlay);
      else confirm(parts, overlay, () => compose(overlay.terminals, overlay.text));
    },
    ...pickActions(parts, compose),
    ...sentActions(parts, complain),
    ...answerActions(parts, focus, complain),
    ...whyActions(parts, complain),
  };
}

/** The overlay of that kind, if it is open. */
function opened<K extends MessageOverlay["kind"]>({ stores }: ActionParts, kind: K): Of<K> | null {
  const { overlay } = stores.view.getState();
  return overlay.kind === kind ? (overlay as Of<K>) : null;
}

function factsOf({ screen }: ActionParts, number: number): TerminalFacts | undefined {
  return screen.frame().facts?.terminals.find((terminal) => terminal.number === number);
}

/** Several agents at once: everybody is named before anything is sent, and no is the default. */
function confirm(parts: ActionParts, overlay: Of<"compose">, back: () => void): void {
  const { terminals, text } = overlay;
  if (text.trim() === "") return parts.stores.view.setState({ overlay: { ...overlay, note: "the message is empty" } });
  const who = terminals.map((number) => {
    const terminal = factsOf(parts, number);
    if (terminal === undefined) return `T${number}`;
    const { agent, role, label, state } = terminal;
    return `T${String(number).padEnd(3)} ${role ?? label ?? "no role"} · agent ${agent} · ${state}`;
  });
  const [first = ""] = text.split("\n");
  parts.stores.view.setState({
    overlay: {
      kind: "choice",
      title: `Send this to ${terminals.length} terminals?`,
      body: [`“${first.length > 120 ? `${first.slice(0, 119)}…` : first}”${text.includes("\n") ? " and more lines" : ""}`, "", ...who],
      index: 0,
      choices: [
        { label: "No", help: "back to the text", run: back },
        { label: `Send to ${terminals.length}`, help: "each gets it when it can take it", run: () => deliver(parts, overlay) },
      ],
    },
  });
}

/** Hands the message over. What was written is lost only once somebody else has it. */
function deliver(parts: ActionParts, overlay: Of<"compose">): void {
  const { view } = parts.stores;
  const { terminals, text } = overlay;
  view.setState({ overlay: noOverlay });
  parts.send({ name: "message", terminals, text, by: PERSON }).then(
    (answer) => {
      const { results } = answer as { readonly results: readonly MessageResult[] };
      const refused = results.flatMap(({ terminal, refused: reason }) => (reason === null ? [] : [{ terminal, reason }]));
      const [removed = 0] = results.map((result) => result.removed).filter((count) => count > 0);
      if (removed > 0) view.toast(`${removed} control characters were left out of the message`, "warn");
      if (refused.length === results.length)
        return view.setState({ overlay: { ...overlay, note: refused.map(({ reason }) => reason).join("; ") } });
      const messages = results.flatMap((result) => result.message ?? []);
      const [only] = messages;
      if (terminals.length === 1 && only !== undefined) follow(parts, only);
      else view.setState({ overlay: { kind: "messages", title: "What became of it", messages, refused, index: 0 } });
    },
    (error: unknown) => view.setState({ overlay: { ...overlay, note: reasonOf(error) } }),
  );
}

/** Says what became of a single message, or that it waits. */
function follow(parts: ActionParts, id: string): void {
  const { view } = parts.stores;
  const settled = parts.send({ name: "message-settled", message: id }).then((answer) => answer as Message);
  settled.then(
    ({ state, terminal, why }) => {
      if (state === "delivered") view.toast(`T${terminal} took the message: ${why}`, "good");
      if (state === "failed") view.toast(`T${terminal} did not get the message: ${why}`, "bad", 8000);
    },
    // The engine is gone, which the whole screen says; the message is in its journal.
    () => {},
  );
  view.toast("it is typed as soon as its agent can take it: i shows messages");
}

function pickActions(
  parts: ActionParts,
  compose: (terminals: readonly number[]) => void,
): Pick<MessageActions, "pick" | "movePick" | "togglePick" | "takePicked"> {
  const { view } = parts.stores;
  const group = (overlay: Of<"pick">, name: "row" | "all" | "idle" | "stream"): readonly number[] => {
    const row = overlay.terminals[overlay.index];
    if (name === "row") return row === undefined ? [] : [row];
    const stream = row === undefined ? null : (factsOf(parts, row)?.stream ?? null);
    return overlay.terminals.filter((number) => {
      const terminal = factsOf(parts, number);
      return name === "all" || (name === "idle" ? terminal?.state === "idle" : terminal?.stream === stream);
    });
  };
  return {
    pick() {
      const terminals = parts.screen.frame().facts?.terminals.map((terminal) => terminal.number) ?? [];
      const index = Math.max(0, terminals.indexOf(view.getState().focused));
      view.setState({ overlay: { kind: "pick", terminals, picked: [], index } });
    },
    movePick(rows) {
      const overlay = opened(parts, "pick");
      const count = overlay?.terminals.length ?? 0;
      if (overlay !== null && count > 0) view.setState({ overlay: { ...overlay, index: (overlay.index + rows + count) % count } });
    },
    togglePick(name) {
      const overlay = opened(parts, "pick");
      if (overlay === null) return;
      const meant = group(overlay, name);
      if (meant.length === 0) return view.toast(name === "idle" ? "no terminal is idle" : "there is no terminal", "warn");
      const all = meant.every((number) => overlay.picked.includes(number));
      const others = overlay.picked.filter((number) => !meant.includes(number));
      view.setState({ overlay: { ...overlay, picked: all ? others : [...others, ...meant].toSorted((a, b) => a - b) } });
    },
    takePicked() {
      const overlay = opened(parts, "pick");
      if (overlay === null) return;
      if (overlay.picked.length === 0) return view.toast("nobody is picked: Space picks a terminal, a all of them", "warn");
      compose(overlay.picked);
    },
  };
}

function sentActions(
  parts: ActionParts,
  complain: (failure: string) => (error: unknown) => void,
): Pick<MessageActions, "showMessages" | "sendAgain" | "dropMessage"> {
  const { view } = parts.stores;
  const selected = (): string | null => {
    const overlay = opened(parts, "messages");
    return overlay?.messages[overlay.index] ?? null;
  };
  const show = (messages: readonly string[]) =>
    view.setState({ overlay: { kind: "messages", title: "Messages", messages, refused: [], index: 0 } });
  return {
    showMessages() {
      const all = parts.screen.frame().facts?.messages ?? [];
      const open = all.filter(({ state }) => state === "failed" || state === "queued" || state === "typed");
      show([...open, ...all.filter((message) => !open.includes(message)).slice(0, LATEST)].map(({ id }) => id));
    },
    sendAgain() {
      const id = selected();
      if (id === null) return;
      parts.send({ name: "message-again", message: id, by: PERSON }).then((answer) => {
        const overlay = opened(parts, "messages");
        if (overlay === null) return;
        const { message } = answer as { readonly message: string };
        view.setState({ overlay: { ...overlay, messages: overlay.messages.map((one) => (one === id ? message : one)) } });
      }, complain("it could not be sent again"));
    },
    dropMessage() {
      const id = selected();
      if (id !== null) parts.send({ name: "message-drop", message: id, by: PERSON }).catch(complain("it could not be dropped"));
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
