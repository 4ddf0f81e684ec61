/** Faults of processes and terminals. */
import { gate, ground, live, rest, scene, type Fault } from "./names.ts";

export const PROCESS_FAULTS: readonly Fault[] = [
  {
    id: "F1 ★",
    fault: "A dashboard is killed, aborts, crashes",
    promise: "Agents and engine go on; the terminal is given back; nothing typed is lost",
    tests: [
      [gate("01-dashboard-killed"), "a dashboard killed while it draws"],
      [live("exits"), "each way out gives the terminal back as it was"],
      [live("guard"), "a dashboard that is killed leaves the terminal as it was"],
    ],
  },
  {
    id: "F2 ★",
    fault: "The engine is killed",
    promise: "Tasks, events and reports are as before; each agent lives on or is known to have ended; never two",
    tests: [
      [gate("02-engine-killed"), "an engine killed while agents start"],
      [gate("02-engine-killed"), "people who look are told what happened"],
      [live("lives-on"), "the engine is killed while ten terminals count"],
      [live("crashes"), "of dashboard and engine cost no task and no event"],
    ],
  },
  {
    id: "F3",
    fault: "A holder of terminals is killed",
    promise: "Its programs end recorded, the engine lives, a new one holds what is started next",
    tests: [[live("lives-on"), "the holder is killed"]],
  },
  {
    id: "F4 ★",
    fault: "The person's terminal is gone, or does not read",
    promise: "The dashboard ends without spinning; a stalled one stalls nobody and shows one right frame later",
    tests: [
      [gate("03-outer-terminal"), "a terminal that does not read stalls nobody"],
      [gate("03-outer-terminal"), "a terminal that is gone ends its dashboard"],
      [live("crashes"), "a closed window (SIGHUP) detaches"],
    ],
  },
  {
    id: "F5",
    fault: "Dashboard, engine, holder or agent are stopped for a minute and go on",
    promise: "Nothing typed or printed meanwhile is lost; what stands still is told while it does; no false death; the clock is right",
    tests: [
      [rest("05-asleep"), "keys typed and lines printed while the"],
      [gate("09-one-owner"), "while the engine alone stands still"],
      [gate("09-one-owner"), "while the holder alone stands still"],
      [gate("08-strays"), "also while the holder stands still"],
      ["test/dashboard/engine-silent.test.ts", "of a machine that slept is no silence"],
      ["test/protocol/silent-engine.test.ts", "who listens and never answers is given up in time"],
    ],
  },
  {
    id: "F6",
    fault: "SIGTERM, SIGINT, quit key",
    promise: "Leaving and stopping are two things; stopping leaves nothing",
    tests: [
      [live("exits"), "each way out gives the terminal back as it was"],
      [live("commands"), "ends everything it started, and nothing else"],
    ],
  },
  {
    id: "F7",
    fault: "Several dashboards, one slow, one stalled",
    promise: "All end with the same words; one that leaves changes nothing",
    tests: [
      [rest("07-five-dashboards"), "five dashboards end with the same words"],
      [scene("two-dashboards"), "two dashboards of different sizes show the same marathon"],
    ],
  },
  {
    id: "F8 ★",
    fault: "Two engines for one project, also together, also while the first sleeps",
    promise: "One owner; the others are told its pid and how to attach; a dead owner's lock is taken at once",
    tests: [
      [gate("09-one-owner"), "of many that start together one becomes the engine"],
      [gate("09-one-owner"), "the lock of a killed engine is taken at once"],
      [ground("lock"), "stays with a holder that sleeps"],
    ],
  },
  {
    id: "F9",
    fault: "The socket is deleted, stale, gets garbage or another version",
    promise: "It is made again; garbage costs its sender the connection; versions are named",
    tests: [
      [rest("09-socket"), "a socket that a clean-up program deleted"],
      [rest("09-socket"), "garbage, half messages and other versions"],
      [rest("09-socket"), "the file of a dead engine's socket"],
    ],
  },
  {
    id: "F10",
    fault: "Another user connects; open folders; paths that are too long",
    promise: "Refused; folders 0700, socket 0600; a clear sentence",
    tests: [
      [live("other-user"), "everything that we keep is closed"],
      [live("other-user"), "another user can neither connect nor read"],
      [live("other-user"), "a runtime folder of somebody else is not used"],
      [ground("paths"), "refuse a socket folder that stands open"],
      [ground("paths"), "keep the socket short enough however long"],
      [ground("journal"), "is closed to group and others"],
    ],
  },
  {
    id: "F11",
    fault: "A storm of resizes, 1×1 included",
    promise: "The last size wins; the picture is right after it",
    tests: [
      [scene("sizes"), "a storm of resizes ends with the picture"],
      [rest("07-five-dashboards"), "five dashboards end with the same words"],
    ],
  },
  {
    id: "F12",
    fault: "NO_COLOR, no UTF-8, no terminal, closed stdin",
    promise: "No colour, ASCII, or lines; no escape in a pipe",
    tests: [
      [scene("plain-looks"), "NO_COLOR: not a cell has a colour"],
      [scene("plain-looks"), "without a UTF-8 locale the whole chrome is ASCII"],
      [live("guard"), "commands that do not draw get no guard"],
    ],
  },
  {
    id: "F13",
    fault: "Suspended by its shell and continued; another program writes to the terminal",
    promise: "Painted again whole, with its modes: after a continue by itself, else on Ctrl-l",
    tests: [
      [rest("13-somebody-else-writes"), "what other programs write over the dashboard"],
      ["test/dashboard-terminal/outer.test.ts", "is set up and painted again after the process was stopped"],
    ],
  },
];
