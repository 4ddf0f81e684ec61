/** One task as an agent shows it: work that passes the time, and what happens on the way. */
import type { AssignedTask } from "../engine/agents/agent.ts";
import { ask } from "./ask.ts";
import { type Beat, beatsFor } from "./beats.ts";
import { type Trouble, troubleFor } from "./blocker-file.ts";
import type { Decisions, Incident } from "./decisions.ts";
import { allows, permissionFor, questionFor } from "./dialogs.ts";
import { Random } from "./random.ts";
import { playBeat, playFullScreen } from "./scenes.ts";
import type { Stage } from "./stage.ts";
import { type Subject, subjectOf } from "./subject.ts";
import { paint } from "./surface.ts";

export type Outcome =
  | { readonly kind: "done" }
  | { readonly kind: "blocked"; readonly trouble: Trouble; readonly resolveMinutes: number }
  | { readonly kind: "crashed" };

/** A person can follow about so many events a second; more would only cost. Real ms for one beat, at least. */
const BEAT_MS = 800;
/** Longest beat, marathon minutes: a real agent shows something new about so often. */
const BEAT_MINUTES = 0.5;
/** No task is shorter, real ms, whatever the speed: its start and end are two file changes that must be seen apart. */
const LEAST_TASK_MS = 40;
/** Share of the task that sub-agents live. */
const SUB_AGENT_SHARE = 0.3;

interface Moment {
  readonly at: number;
  play(): Promise<Outcome | undefined>;
}

export interface Part {
  readonly task: AssignedTask;
  readonly decisions: Decisions;
  readonly seed: number;
  readonly terminal: number;
}

/** Performs the task to its end. Rejects with the signal's reason when it is taken away. */
export async function perform(stage: Stage, part: Part, signal: AbortSignal): Promise<Outcome> {
  const { task, decisions } = part;
  const subject = subjectOf(task);
  const random = new Random(part.seed, part.terminal, task.number, "show");
  const realMs = Math.max(LEAST_TASK_MS, stage.pace.real(decisions.minutes));
  const work = `${task.number} ${subject.title}`;
  stage.say([paint.bold(`> Task ${work}`), ""]);
  stage.working(work);
  const helpers = new Helpers(stage, task.number, subject, random);
  try {
    for (const moment of momentsOf(stage, part, subject, { random, realMs, helpers, signal })) {
      const outcome = await moment.play();
      if (outcome) return outcome;
    }
    return { kind: "done" };
  } finally {
    stage.surface.leaveFull();
    helpers.end();
    stage.working(null);
  }
}

interface Tools {
  readonly random: Random;
  readonly realMs: number;
  readonly helpers: Helpers;
  readonly signal: AbortSignal;
}

/** Beats and incidents in order of time; nothing comes after the one that ends the task early. */
function momentsOf(stage: Stage, part: Part, subject: Subject, tools: Tools): readonly Moment[] {
  const { decisions } = part;
  const count = Math.max(1, Math.min(Math.floor(tools.realMs / BEAT_MS), Math.ceil(decisions.minutes / BEAT_MINUTES)));
  const beats = beatsFor(subject, count, tools.random);
  const end = decisions.incidents.find((one) => one.kind === "crash" || one.kind === "blocker")?.at ?? 1;
  const incidents = decisions.incidents.flatMap((incident) => momentsOfIncident(stage, part, subject, incident, tools));
  return [...beatMoments(stage, beats, end, tools), ...incidents].toSorted((a, b) => a.at - b.at);
}

function beatMoments(stage: Stage, beats: readonly Beat[], end: number, { realMs, signal }: Tools): readonly Moment[] {
  const whole = beats.reduce((sum, beat) => sum + beat.weight, 0);
  const started = performance.now();
  let at = 0;
  return beats.flatMap((beat) => {
    const begin = at;
    at += beat.weight / whole;
    if (begin >= end) return [];
    const ms = (Math.min(at, end) - begin) * realMs;
    return [{ at: begin, play: () => playBeat(stage, beat, ms, started, signal) }];
  });
}

function momentsOfIncident(stage: Stage, part: Part, subject: Subject, incident: Incident, tools: Tools): readonly Moment[] {
  const { at } = incident;
  const { random, helpers, signal, realMs } = tools;
  if (incident.kind === "sub-agents") {
    return [
      { at, play: async () => helpers.begin(incident.count) },
      { at: Math.min(1, at + SUB_AGENT_SHARE), play: async () => helpers.end() },
    ];
  }
  if (incident.kind === "full-screen") return [{ at, play: () => playFullScreen(stage, subject, realMs / 12, signal) }];
  if (incident.kind === "crash") return [{ at, play: async () => ({ kind: "crashed" }) }];
  if (incident.kind === "blocker") {
    const trouble = troubleFor(subject, random);
    return [{ at, play: async () => ({ kind: "blocked", trouble, resolveMinutes: incident.resolveMinutes }) }];
  }
  const dialog = incident.kind === "permission" ? permissionFor(subject, random) : questionFor(subject, part.task.answer, random);
  return [
    {
      at,
      play: async () => {
        const choice = await ask(stage, dialog, incident.waitMinutes, signal);
        if (!allows(dialog, choice)) stage.say(["Understood, I'll find a way without it.", ""]);
        stage.working(`${part.task.number} ${subject.title}`);
        return undefined;
      },
    },
  ];
}

/** Sub-agents of a task: each has a status record of its own, and all are gone when the task is. */
class Helpers {
  readonly #stage: Stage;
  readonly #task: number;
  readonly #subject: Subject;
  readonly #random: Random;
  #ids: string[] = [];

  constructor(stage: Stage, task: number, subject: Subject, random: Random) {
    this.#stage = stage;
    this.#task = task;
    this.#subject = subject;
    this.#random = random;
  }

  begin(count: number): undefined {
    const { file, symbol, test } = this.#subject;
    const errands = [
      `list the callers of ${symbol}`,
      `read ${file} for side effects`,
      `look for tests like ${test}`,
      `check the history of ${file}`,
      `compare ${symbol} with its siblings`,
    ];
    const lines: string[] = [];
    for (let index = 1; index <= count; index++) {
      const id = `task-${this.#task}-${index}`;
      const title = errands.splice(Math.floor(this.#random.next() * errands.length), 1)[0] ?? `look around ${symbol}`;
      this.#ids.push(id);
      this.#stage.report({ state: "working", id, title, message: title });
      lines.push(`${paint.magenta("⏺")} Agent(${title})`);
    }
    this.#stage.say([...lines, ""]);
    return undefined;
  }

  end(): undefined {
    for (const id of this.#ids) this.#stage.report({ state: "clear", id });
    if (this.#ids.length > 0) this.#stage.say([paint.dim(`  ⎿  ${this.#ids.length} agents came back`), ""]);
    this.#ids = [];
    return undefined;
  }
}
