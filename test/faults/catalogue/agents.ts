/** Faults of agents, and of keys for them. */
import { gate, ground, live, rest, scene, type Fault } from "./names.ts";

export const AGENT_FAULTS: readonly Fault[] = [
  {
    id: "F14",
    fault: "Agents end with codes, signals, missing programs",
    promise: "Each end has its own words; the last screen stays; what cannot run is refused before",
    tests: [
      [rest("14-ends"), "exit codes and signals are told apart"],
      [rest("14-ends"), "a program that is missing, not runnable"],
      [ground("pty"), "tells exit codes and signals apart"],
    ],
  },
  {
    id: "F15",
    fault: "An agent crashes again and again",
    promise: "Started again as often as the plan says, then blocked with what was seen",
    tests: [[scene("crash-retries"), "a crashed agent is started again on its task"]],
  },
  {
    id: "F16 ★",
    fault: "An agent hangs, spins, waits, swallows input",
    promise: "Flagged, never killed unasked; the others never notice",
    tests: [
      [gate("06-one-pane"), "while others hang, spin, flood"],
      [gate("10-keys"), "an agent that does not read keeps nobody else"],
      ["test/marathon/silence.test.ts", "is a blocker while its task still runs"],
    ],
  },
  {
    id: "F17 ★",
    fault: "Floods: one gigabyte, ten at once",
    promise: "Keys arrive; memory is bounded; the last screen is right",
    tests: [
      [gate("06-one-pane"), "while others hang, spin, flood"],
      [rest("17-gigabytes"), "ten terminals that print"],
    ],
  },
  {
    id: "F18 ★",
    fault: "Sequences that freeze emulators",
    promise: "That pane recovers; the others echo every key meanwhile",
    tests: [
      [gate("06-one-pane"), "while others hang, spin, flood"],
      ["test/conformance/hostile.test.ts", "gets nowhere with any bytes in any order"],
    ],
  },
  {
    id: "F19 ★",
    fault: "Escapes that want the person's terminal, in output, titles, names, files, reasons",
    promise: "Nothing but cells and our own modes is ever written, by the dashboard or by a command",
    tests: [
      [gate("07-nothing-leaks"), "hostile output, titles, names"],
      [scene("hostile"), "programs that try everything reach nothing"],
    ],
  },
  {
    id: "F20",
    fault: "Queries of programs, late answers of the outer terminal",
    promise: "Answered at once by us; never typed into a prompt",
    tests: [
      ["test/screen/replies.test.ts", "never echoes a program's text into its input"],
      ["test/dashboard-terminal/outer-answers.test.ts", "are taken out of what is typed"],
      ["test/dashboard-terminal/stdin-router.test.ts", "swallows an answer that comes in pieces"],
      ["test/dashboard-terminal/outer.test.ts", "is given time to answer before it is left"],
    ],
  },
  {
    id: "F21 ★",
    fault: "Children that outlive, hide, ignore signals",
    promise: "A stop ends them all and no stranger; leftovers of a dead engine are named",
    tests: [
      [gate("08-strays"), "children that ignore, left, hid or became daemons"],
      [gate("08-strays"), "children that outlive a killed engine"],
    ],
  },
  {
    id: "F22",
    fault: "Zombies; pids that were given to others",
    promise: "None is left; a process is known by its start time and mark, not by its pid",
    tests: [
      [rest("45-ten-rounds"), "after ten rounds of kill -9"],
      [ground("processes"), "leaves a process alone that only has the pid"],
    ],
  },
  {
    id: "F23",
    fault: "No file handles left",
    promise: "A start fails with the limit's name, the others live on, and it succeeds later",
    tests: [[rest("23-limits"), "without a free file handle a restart fails"]],
  },
  {
    id: "F24 ★",
    fault: "Keys in any pieces, pastes cut at every byte, switches between two keys",
    promise: "Every byte arrives once, in order, where the person looks",
    tests: [
      [gate("10-keys"), "keys in any pieces and at any pace"],
      [gate("10-keys"), "keys go where the person looks"],
      [live("typing"), "eighteen megabytes of random bytes"],
      [live("typing"), "a paste of ten megabytes arrives whole"],
    ],
  },
  {
    id: "F25",
    fault: "A message for an agent while a person types to it",
    promise: "It waits, and never joins a line that was begun",
    tests: [[scene("message"), "while a person types there a message waits"]],
  },
  {
    id: "F26",
    fault: "Agents that start at once write one shared configuration",
    promise: "Starts that end in a vendor's error dialog are seen",
    tests: [[rest("26-torn-settings"), "a real agent that starts into a dialog about its torn settings"]],
  },
];
