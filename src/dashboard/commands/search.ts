/** Search in what the terminals have shown: the line that asks for a text, and the walk among its hits. */
import type { Command, Situation } from "../commands.ts";
import { noEngine } from "./no-engine.ts";
import { focusedTerminal } from "./terminals.ts";

function whyNoSearch(situation: Situation): string | null {
  if (focusedTerminal(situation) === null) return "this plan has no terminal";
  return noEngine(situation);
}

/** Whether there are any hits is known only when what was typed is answered. */
function noSearch({ view }: Situation): string | null {
  return view.search === null ? "nothing is looked for: / asks for a text" : null;
}

export const searchCommands: readonly Command[] = [
  {
    id: "search",
    topic: "search",
    title: "Search in the terminal",
    hint: "search",
    help: "Look for a text in what the terminal has shown, its scrollback included; small letters find capitals too.",
    keys: ["/"],
    contexts: ["panes", "list", "zoom", "search", "copy"],
    disabled: whyNoSearch,
    run: (actions, { view }) => {
      if (view.view === "board") actions.panes();
      actions.search.open();
    },
  },
  {
    id: "search-keep",
    topic: "search",
    title: "Go to the hits, or stay here",
    hint: ({ view }) => (view.search?.typing === true ? "to the hits" : "stay here"),
    help: "While typing: to the hits, n and N go from one to the next. There: stay at this place and end the search.",
    keys: ["enter"],
    contexts: ["search-text", "search"],
    run: (actions) => actions.search.keep(),
  },
  {
    id: "search-older",
    topic: "search",
    title: "Next hit, further back",
    hint: "further back",
    help: "The next hit further back in time; in a search of all terminals on to the next one that has any.",
    keys: ["n"],
    contexts: ["search", "copy"],
    disabled: noSearch,
    run: (actions) => actions.search.step(1),
  },
  {
    id: "search-newer",
    topic: "search",
    title: "Previous hit, towards now",
    hint: "towards now",
    help: "The hit before, towards now.",
    keys: ["N"],
    contexts: ["search", "copy"],
    disabled: noSearch,
    run: (actions) => actions.search.step(-1),
  },
  {
    id: "search-up",
    topic: "search",
    title: "Next hit while typing",
    help: "While typing: the next hit further back.",
    keys: ["up", "ctrl+p"],
    contexts: ["search-text"],
    disabled: noSearch,
    run: (actions) => actions.search.step(1),
  },
  {
    id: "search-down",
    topic: "search",
    title: "Previous hit while typing",
    help: "While typing: the hit before, towards now.",
    keys: ["down", "ctrl+n"],
    contexts: ["search-text"],
    disabled: noSearch,
    run: (actions) => actions.search.step(-1),
  },
  {
    id: "search-everywhere",
    topic: "search",
    title: "Search all terminals, or this one",
    hint: ({ view }) => (view.search?.everywhere === true ? "this terminal" : "all terminals"),
    help: "Look in all terminals, or only in the one in front.",
    keys: ["tab"],
    contexts: ["search-text", "search"],
    disabled: ({ view }) => (view.copy === null ? null : "while text is selected only its terminal is searched"),
    run: (actions) => actions.search.toggleEverywhere(),
  },
  {
    id: "search-regex",
    topic: "search",
    title: "Search for a regular expression, or a plain text",
    hint: ({ view }) => (view.search?.regex === true ? "plain text" : "expression"),
    help: "Take what is typed for a regular expression (JavaScript's), or for plain text.",
    keys: ["ctrl+r"],
    contexts: ["search-text", "search"],
    run: (actions) => actions.search.toggleRegex(),
  },
  {
    id: "search-erase",
    topic: "search",
    title: "Erase a character",
    help: "Erase the last character.",
    keys: ["backspace", "ctrl+h"],
    contexts: ["search-text"],
    run: (actions) =>
      actions.search.edit((query) =>
        [...new Intl.Segmenter().segment(query)]
          .slice(0, -1)
          .map((part) => part.segment)
          .join(""),
      ),
  },
  {
    id: "search-erase-line",
    topic: "search",
    title: "Erase the line",
    help: "Erase everything that was typed.",
    keys: ["ctrl+u"],
    contexts: ["search-text"],
    run: (actions) => actions.search.edit(() => ""),
  },
  {
    id: "search-leave",
    topic: "search",
    title: "End the search",
    hint: "back",
    help: "End the search, back to what was looked at before it.",
    keys: ["escape", "ctrl+c"],
    contexts: ["search-text", "search"],
    run: (actions) => actions.search.leave(),
  },
];
