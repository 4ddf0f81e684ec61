/** Faults of disks, journal, plan, scratchpad, clock; and all of them for long. */
import { gate, ground, live, rest, scene, type Fault } from "./names.ts";

export const FILE_FAULTS: readonly Fault[] = [
  {
    id: "F27 ★",
    fault: "The journal is cut or a bit flipped at any byte",
    promise: "A true beginning is read, the damage is kept and told, new events are taken",
    tests: [
      [gate("04-journal-damaged"), "cut or flipped at every single byte"],
      [gate("04-journal-damaged"), "after the damage new events are taken"],
      [gate("04-journal-damaged"), "an engine killed in the middle of a line"],
      [ground("snapshots"), "whatever is damaged, of snapshot or segments"],
    ],
  },
  {
    id: "F28 ★",
    fault: "Disk full, quota, EIO, read-only, permission lost",
    promise:
      "What is on disk stays true; the run goes on in memory; the person is told for as long as it lasts; everything is written later",
    tests: [
      [gate("05-disk-full"), "with a full disk nothing is lost"],
      [gate("05-disk-full"), "on a disk without room nothing begins"],
      [rest("29-killed-while-writing"), "told EIO at some write or fsync"],
      [rest("29-killed-while-writing"), "told ENOSPC at some write or fsync"],
      [rest("29-killed-while-writing"), "told EDQUOT at some write or fsync"],
      [rest("29-killed-while-writing"), "told EROFS at some write or fsync"],
      [rest("29-killed-while-writing"), "told EACCES at some write or fsync"],
    ],
  },
  {
    id: "F29",
    fault: "The writer of a journal is killed at each of its writes",
    promise: "What was called durable is there, and nothing half",
    tests: [[rest("29-killed-while-writing"), "killed at any of its writes"]],
  },
  {
    id: "F30",
    fault: "The state folder is deleted while it runs, unwritable, strangely named",
    promise: "Made again from what the engine knows, and said; or refused with what to do",
    tests: [
      [rest("30-state-folder"), "a state folder that is deleted while the marathon runs"],
      [rest("30-state-folder"), "a project whose folder has blanks"],
      [rest("30-state-folder"), "a state folder that is a file"],
      [ground("snapshots"), "is kept every so many events, and made again"],
    ],
  },
  {
    id: "F31",
    fault: "A journal of a newer version; a snapshot of another program",
    promise: "Refused and left as it is; not believed",
    tests: [
      [ground("journal"), "of a newer format is refused"],
      [ground("snapshots"), "takes no snapshot of another program"],
    ],
  },
  {
    id: "F32",
    fault: "A million events; ten thousand tasks",
    promise: "The state is known in less than three seconds; the history stays whole; all works as with a hundred",
    tests: [
      [rest("32-million-events"), "of a million events is known from its snapshot"],
      [rest("34-big-plan"), "a marathon of ten thousand tasks is shown"],
    ],
  },
  {
    id: "F33",
    fault: "The plan is edited, deleted, wrong while it runs",
    promise: "Nothing changes before a person has seen it and said so",
    tests: [
      [scene("plan-edit"), "an edit of the plan file is shown and asked about"],
      [scene("plan-edit"), "files with errors are told with their line"],
      [rest("33-plan-file"), "whatever becomes of the plan's file"],
    ],
  },
  {
    id: "F34",
    fault: "Plans with any mistake",
    promise: "A plan, or problems with file and line; never a crash",
    tests: [
      ["test/plan/mutations.test.ts", "never crashes the reader"],
      ["test/fuzz/fuzz.test.ts", "holds for random inputs"],
    ],
  },
  {
    id: "F35",
    fault: "Facts that cannot be folded; half written reports",
    promise: "They never get into the journal; half a file waits",
    tests: [
      [ground("kernel"), "a fact that cannot be folded never gets into the journal"],
      [ground("scratchpad"), "a file written in pieces is read when it is whole"],
    ],
  },
  {
    id: "F36 ★",
    fault: "Reports saved in every way, folders swapped, files replaced",
    promise: "What is known in the end is what the files say",
    tests: [
      [gate("11-scratchpad"), "files written, renamed, truncated, swapped"],
      [gate("11-scratchpad"), "reports that were saved in every such way"],
    ],
  },
  {
    id: "F37",
    fault: "No inotify watches or instances; disks without events",
    promise: "Looked through instead, and said; no change is missed",
    tests: [
      [rest("37-scratchpad-storm"), "with no instance of inotify"],
      [rest("37-scratchpad-storm"), "with three watches"],
      [rest("37-scratchpad-storm"), "on a disk that answers late"],
    ],
  },
  {
    id: "F38",
    fault: "10,000 files, 1,000 changes a second, a gigabyte, binary, loops, devices, pipes",
    promise: "Keys arrive, memory is bounded, and every last word counts",
    tests: [
      [rest("37-scratchpad-storm"), "ten thousand files, a thousand changes a second"],
      [ground("scratchpad"), "a gigabyte of nothing costs no more than a megabyte"],
    ],
  },
  {
    id: "F39",
    fault: "Secrets in the scratchpad",
    promise: "Not copied into anything that we write",
    tests: [
      [rest("46-secrets"), "a secret of the environment reaches the agents"],
      [ground("processes"), "is what the plan names and the usual"],
    ],
  },
  {
    id: "F40",
    fault: "Git beside agents that commit",
    promise: "Never costs an agent its commit",
    tests: [[ground("git"), "never costs an agent its commit"]],
  },
  {
    id: "F41",
    fault: "The wall clock jumps by an hour, a day, ten years",
    promise: "No duration moves, no timer storms, the order stays",
    tests: [[rest("41-clock"), "a wall clock that jumps by"]],
  },
  {
    id: "F42 ★",
    fault: "Everything sleeps and wakes, as a suspended laptop",
    promise: "No false death, no lost lock, no alarm",
    tests: [
      [gate("09-one-owner"), "an engine that slept (SIGSTOP, as a suspended laptop)"],
      ["test/dashboard/engine-silent.test.ts", "of a machine that slept is no silence"],
    ],
  },
  {
    id: "F43 ★",
    fault: "A long marathon under random faults and keys",
    promise: "100 of 100 tasks; memory, handles, threads, files and processes bounded; nobody left",
    tests: [[gate("12-soak"), "a marathon of twelve hours under faults"]],
  },
  {
    id: "F44",
    fault: "A starved processor, a slow disk",
    promise: "Slower, never wrong; keys do not wait for the disk",
    tests: [
      [rest("44-slow-machine"), "an engine that gets a tenth of a processor"],
      [rest("44-slow-machine"), "an engine whose every fsync takes 200 ms"],
    ],
  },
  {
    id: "F45",
    fault: "Everything is killed, ten times, as at a reboot",
    promise: "Taken up each time with one of each agent; no process more than before",
    tests: [[rest("45-ten-rounds"), "after ten rounds of kill -9"]],
  },
  {
    id: "F46",
    fault: "Secrets in the environment",
    promise: "They reach the agents, and no file, log or command line of ours",
    tests: [
      [rest("46-secrets"), "a secret of the environment reaches the agents"],
      [ground("processes"), "is what the plan names and the usual"],
    ],
  },
  {
    id: "F47",
    fault: "An upgrade while it runs",
    promise: "Works, or refuses with both versions",
    tests: [
      [live("lives-on"), "a newer program takes over what an older one holds"],
      [rest("09-socket"), "garbage, half messages and other versions"],
    ],
  },
  {
    id: "F48",
    fault: "Installing without a compiler, on other systems",
    promise: "Starts, or says why in a sentence",
    none: "`npm run fresh-clone` installs on a bare machine of this system; others are not at hand",
  },
];
