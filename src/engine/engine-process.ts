/** The engine as a process: opens the journal, puts the real world behind the ports, says it is ready. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { fold } from "../marathon/step.ts";
import type { State } from "../marathon/types.ts";
import { VERSION } from "../version.ts";
import { versionOf } from "./agents/cli-version.ts";
import { OwnRules, rulesFolder } from "./agents/own-rules.ts";
import { readsTty } from "./agents/tty-wait.ts";
import { cleaner, type Cleaner } from "./clean-facts.ts";
import { MarathonClock, systemTime } from "./clock.ts";
import { Engine } from "./engine.ts";
import type { EnginePorts } from "./ports.ts";
import { terminalEnvironment } from "./environment.ts";
import type { HolderClient } from "./holder/client.ts";
import type { Held } from "./holder/wire.ts";
import { openJournal, type Journal } from "./journal.ts";
import { JournalNews } from "./journal-news.ts";
import { replaceFile } from "./atomic-file.ts";
import type { HeldLock } from "./lock.ts";
import { openLogFile, type LogFile } from "./log-file.ts";
import { OwedFiles } from "./owed-files.ts";
import { papers } from "./papers.ts";
import { prepareMarathon, writeCurrent, type MarathonFolder, type MarathonPaths } from "./paths.ts";
import { systemProcesses } from "./process-table.ts";
import { endTree, findByMarker, isAlive, type FoundProcess } from "./processes.ts";
import { isStopped } from "./stopped.ts";
import { planPrintAt } from "./plan-print.ts";
import { watchPlan } from "./plan-watch.ts";
import { Snapshots } from "./snapshots.ts";
import { watchScratchpad } from "./scratchpad.ts";
import { SecretBook } from "./secrets/secret-book.ts";
import { lookForSecretsLater } from "./secrets/secret-watch.ts";
import { counted } from "../marathon/words.ts";
import { keptTerminals, type Found } from "./take-over.ts";
import { TerminalLogs } from "./terminal-logs.ts";
import { restartLost } from "./start-again.ts";
import { firstEvent, type EngineReady, type EngineSpec } from "./spec.ts";

/** Told of what goes wrong inside the engine; replaced as soon as its marathon's folder is known. */
let log: (text: string) => void = () => {};

/** How agents' screens look, as the person says it where they do. */
const ownRules = new OwnRules(rulesFolder(process.env), () => Date.now());

/** What was done before all of an engine was loaded, see engine-start.ts. */
export interface Begun {
  readonly paths: MarathonPaths;
  readonly folder: MarathonFolder;
  readonly lock: HeldLock;
  readonly holder: HolderClient;
  /** Takes what the engine has to say from now on. */
  readonly logTo: (write: (text: string) => void) => void;
  readonly ready: (line: EngineReady) => void;
}

/** Opens the journal and runs the marathon's engine; resolves when it is ready. Throws why it cannot. */
export async function beginEngine(spec: EngineSpec, { paths, folder, lock, holder, logTo, ready }: Begun): Promise<void> {
  const file: LogFile = openLogFile(folder.engineLog);
  const clean = cleaner(process.env);
  log = (text) => file.write(clean.text(text));
  logTo(log);
  const news = new JournalNews(folder.journal, (text) => log(text));
  const journal = openJournal(folder.journal, news);
  const resumed = journal.snapshot !== null || journal.events.length > 0;
  const found: Found = resumed ? ((await holder.takeOver())?.held ?? null) : null;
  // While the rest is made ready, so that the first program need not wait for it.
  holder.prepare();
  const state = resumed ? fold(journal.snapshot?.state ?? null, journal.events) : firstState(spec, journal);
  writeCurrent(paths, spec.id);
  const snapshots = new Snapshots(journal, {
    state: () => engine.state,
    log: (text) => log(text),
    lost: () => {
      prepareMarathon(folder);
      writeCurrent(paths, spec.id);
      lock.tell();
    },
  });
  const owed = new OwedFiles({ tell: (fact) => engine.submit(fact) });
  const engine: Engine = new Engine(
    state,
    settingsOf(spec, paths, folder),
    ports(spec, state, { journal, snapshots, logs: folder.logs, owed, clean, holder, held: found ?? [] }, () => lock.release()),
  );
  watchJournal(engine, news, snapshots, folder.journal);
  surviveSignals(engine);
  ownRules.tell = (text) => setImmediate(() => engine.submit({ type: "noticed", severity: "warning", text }));
  if (resumed) takeUp(engine, spec, found);
  await engine.start(resumed, found);
  if (resumed && spec.restartLost) restartLost(engine, spec.standInPeople);
  const dropped =
    journal.dropped === null
      ? null
      : `${journal.dropped.reason}: ${journal.dropped.bytes} bytes of the journal were damaged and put aside (${journal.dropped.keptAside ?? "not kept"})`;
  lookForSecretsLater(engine, spec.start !== null);
  if (dropped) engine.submit({ type: "noticed", severity: "warning", text: dropped });
  if (spec.start?.note) engine.submit({ type: "noticed", severity: "info", text: spec.start.note });
  if (!resumed) void describeGround(engine);
  ready({ ok: true, pid: process.pid, id: spec.id, socket: paths.socket, seed: state.seed, dropped });
}

function watchJournal(engine: Engine, news: JournalNews, snapshots: Snapshots, path: string): void {
  news.tell = (fact) => engine.submit(fact);
  news.lost = () => snapshots.rebuild();
  const text = `the journal was deleted: it begins anew with the state as it is (${path})`;
  snapshots.watch(() => engine.submit({ type: "noticed", severity: "error", text }));
}

/** The event that everything begins with; journaled before anything is done. */
function firstState(spec: EngineSpec, journal: Journal): State {
  if (!spec.start) throw new Error(`the marathon ${spec.id} has no journal to take up: its folder may have been emptied`);
  const event = firstEvent(spec, spec.start, Date.now());
  journal.append(event, true);
  return fold(null, [event]);
}

/** An engine that did not say goodbye took its terminals with it, but for those that its holder kept. */
function takeUp(engine: Engine, spec: EngineSpec, found: Found): void {
  const before = engine.state.engine;
  if (before !== null) engine.submit({ type: "engine-lost", pid: before.pid, ...keptOf(engine, found) });
  if (engine.state.status === "stopped")
    engine.submit({ type: "marathon-resumed", why: spec.restartLost ? "run again" : "attached again" });
}

function keptOf(engine: Engine, found: Found): { readonly kept?: readonly number[] } {
  const kept = keptTerminals(engine.state, found);
  return kept.length > 0 ? { kept } : {};
}

function settingsOf(spec: EngineSpec, paths: MarathonPaths, folder: MarathonFolder): Engine["settings"] {
  return {
    version: VERSION,
    cols: spec.cols,
    rows: spec.rows,
    scrollback: spec.scrollback,
    unattended: spec.unattended,
    standInPeople: spec.standInPeople,
    bin: [process.argv[1] ?? "marathon"],
    assignments: folder.assignments,
    launches: folder.launches,
    journal: folder.journal,
    socket: paths.socket,
  };
}

interface Own {
  readonly journal: Journal;
  readonly snapshots: Snapshots;
  readonly logs: string;
  readonly owed: OwedFiles;
  readonly clean: Cleaner;
  readonly holder: HolderClient;
  readonly held: readonly Held[];
}

/** What programs in terminals that are still there have started is where it belongs. */
function withoutTerminal(marathon: string, held: readonly Held[]): readonly FoundProcess[] {
  const all = findByMarker({ marathon });
  if (all.length === 0 || held.length === 0) return all;
  const terminals = systemProcesses().withVariable("MARATHON_TERMINAL");
  const living = new Set(held.map(({ terminal }) => String(terminal)));
  return all.filter(({ pid }) => !living.has(terminals.get(pid) ?? ""));
}

function ports(
  spec: EngineSpec,
  state: State,
  { journal, snapshots, logs, owed, clean, holder, held }: Own,
  release: () => void,
): EnginePorts {
  // Before anything of ours runs, whoever bears this marathon's mark was left by an engine before; a new marathon's name is new.
  const orphans = spec.start === null ? withoutTerminal(spec.id, held) : [];
  return {
    clock: new MarathonClock(systemTime, state.speed, state.t),
    holder,
    clean: clean.fact,
    append: (event, sync) => {
      journal.append(event, sync);
      snapshots.saw(event.seq);
    },
    flush: async () => {
      owed.close();
      await journal.close();
    },
    logs: new TerminalLogs({ folder: logs, settings: spec.logs, now: () => systemTime.wall() }),
    writeAssignment: (path, content) => owed.write(path, content),
    writeOwn: replaceFile,
    readOwn: (file) => (existsSync(file) ? readFileSync(file, "utf8") : null),
    papers,
    secrets: new SecretBook(process.env),
    environment: (terminal, only) => terminalEnvironment(process.env, { marathon: spec.id, terminal, version: VERSION, only }),
    readsTty,
    isStopped,
    rules: (agent) => ownRules.of(agent),
    version: knownVersions(),
    endTree: async (terminal, process, now) => void (await endTree(process, { marker: { marathon: spec.id, terminal }, now })),
    orphans: () => orphans.filter((orphan) => isAlive(orphan)),
    endOrphan: async (orphan) => void (await endTree(orphan)),
    watch: (where, on) =>
      watchScratchpad([where], {
        ...on,
        project: spec.project,
        // What understands Markdown is as large as the rest of the engine, and there may be nothing to read for hours.
        read: async (path, text) => {
          const { readScratch } = await import("../plan/scratch.ts");
          return { ...readScratch(path, text), ...(text.includes(spec.id) ? { ours: true } : {}) };
        },
        reading: (path, bytes, reading) => on.reading(path, bytes, reading, modifiedBefore(path, state.startedAt)),
      }),
    watchPlan: (files, read) => {
      const known = spec.planStamps === undefined ? null : planPrintAt(files, spec.planStamps);
      return watchPlan({ files, project: spec.project, known, read, log });
    },
    changes: async (since) => (await import("./git.ts")).openGit(spec.project).changesSince(since),
    secretFiles: async () => (await import("./secret-files.ts")).secretFiles((await import("./git.ts")).openGit(spec.project)),
    log,
    exited: () => {
      release();
      process.exit(0);
    },
  };
}

/** Ten terminals ask for the same program's version at the same time: it is started once. */
function knownVersions(): (file: string) => Promise<string | null> {
  const known = new Map<string, Promise<string | null>>();
  return (file) => {
    const version = known.get(file) ?? versionOf(file);
    known.set(file, version);
    return version;
  };
}

/** Whether the file was last written before that moment, wall ms. A file that is gone again says nothing either way. */
function modifiedBefore(path: string, at: number): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? at) < at;
}

/** What the marathon starts on, as a notice: who reads the review should know which commit and how clean it was. */
async function describeGround(engine: Engine): Promise<void> {
  const { openGit } = await import("./git.ts");
  const git = openGit(engine.state.project);
  if (!(await git.isRepository())) return;
  const [branch, head, dirty] = await Promise.all([git.branch(), git.head(), git.dirty([engine.state.scratchpad])]);
  const changed = dirty === null ? "changes unknown" : dirty === 0 ? "clean" : counted(dirty, "uncommitted change");
  engine.submit({
    type: "noticed",
    severity: "info",
    text: `git: ${branch ?? "no branch"} at ${head?.slice(0, 9) ?? "no commit"}, ${changed}`,
  });
}

/** TERM and INT stop the marathon in order; HUP is the end of somebody's terminal and none of our business. */
function surviveSignals(engine: Engine): void {
  process.on("SIGHUP", () => {});
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void engine.stop(signal, false));
  process.on("uncaughtException", (error) => {
    // Ten agents hang on this process: a fault in one corner is told and logged, and the rest goes on.
    log(`uncaught: ${error.stack ?? error.message}`);
    try {
      engine.submit({ type: "noticed", severity: "error", text: `a fault inside the engine: ${error.message} (its log tells more)` });
    } catch (again) {
      // An error thrown from here would end the process, and with it what it has promised to end in order.
      log(`and could not be told: ${(again as Error).message}`);
    }
  });
  process.on("unhandledRejection", (reason) => log(`unhandled rejection: ${reason instanceof Error ? reason.stack : String(reason)}`));
}
