/** A person's answer to what a terminal asks: typed only on the screen that the person saw, and seen to have had an effect. */
import { cleanMessage } from "../marathon/message-text.ts";
import type { QuestionAnswer, Request, TerminalQuestion } from "../protocol/messages.ts";
import { highlightsOn } from "../screen/highlights.ts";
import { byArrows, dialogOf, type Question, type QuestionOption } from "../screen/question.ts";
import { fingerprintOf } from "../screen/text.ts";
import { compact, lookAt, questionOn } from "./delivery/look.ts";
import { typedForm } from "./delivery/typed-form.ts";
import type { Engine } from "./engine.ts";
import { answerReported, isReported, reportedQuestion } from "./questions.ts";
import { RefusedError } from "./server.ts";
import type { TerminalHost } from "./terminal-host.ts";

/** How often the screen is looked at after something was typed, and for how long an effect is waited for, real ms. */
const LOOK_MS = 60;
const EFFECT_LOOKS = 40;
/** A program that has just drawn its list may not listen yet: arrow keys are lost then, and pressed again as a person would. */
const ARROW_TRIES = 4;
const ARROW_LOOKS = 20;
/** A mark that was reached by keys pressed twice must stay where it is this long, or the first ones were only late. */
const MARK_LOOKS = 6;
const ENTER = "\r";

/** Terminals between an answer's first key and its Enter. */
const ANSWERING = new WeakSet<TerminalHost>();

export interface Answered {
  /** What was chosen or written, for the person. */
  readonly answer: string;
  /** Whether the question was seen to go. */
  readonly taken: boolean;
}

/** What the terminal asks now. Throws RefusedError when it asks nothing. */
export async function questionIn(engine: Engine, host: TerminalHost): Promise<TerminalQuestion> {
  const told = engine.hooks.permissions.question(host.terminal);
  if (told) return told;
  const reported = reportedQuestion(engine, host);
  if (reported) return reported;
  await new Promise<void>((resolve) => host.screen.drained(resolve));
  const { seen, question } = asked(engine, host);
  return {
    terminal: host.terminal,
    fingerprint: fingerprint(host),
    kind: seen.kind === null || seen.kind === "rate-limit" ? "question" : seen.kind,
    source: seen.source,
    evidence: seen.evidence,
    lines: question.lines,
    options: question.options.map(({ key, label, selected }) => ({ key, label, selected })),
  };
}

/**
 * Types the answer. Throws RefusedError, and has typed nothing, when the terminal asks nothing any more, its screen is another
 * one, somebody is typing there, or the answer does not fit the question.
 */
export async function answerQuestion(engine: Engine, host: TerminalHost, request: Extract<Request, { name: "answer" }>): Promise<Answered> {
  if (engine.hooks.permissions.isOurs(request.fingerprint))
    return { answer: engine.hooks.permissions.answer(host.terminal, request.fingerprint, request.answer), taken: true };
  if (isReported(request.fingerprint)) return answerReported(engine, host, request);
  await new Promise<void>((resolve) => host.screen.drained(resolve));
  const { seen, question } = asked(engine, host);
  const name = `terminal ${host.terminal}`;
  if (seen.kind === "auth")
    throw new RefusedError(`${name} asks for a login or a password: take it over (Enter) and type it there, where nobody keeps it`);
  if (host.screen.synchronized || fingerprint(host) !== request.fingerprint)
    throw new RefusedError(`the screen of ${name} is not the one you saw any more: nothing was sent; look at it again`, "changed");
  if (engine.delivery.personTypes(host.terminal)) throw new RefusedError(`somebody is typing into ${name}: nothing was sent`, "in-use");
  const typed = typedAnswer(question, request.answer, host.agent.cli !== undefined);
  if (ANSWERING.has(host)) throw new RefusedError(`somebody else is answering ${name} at this moment: nothing was sent`, "in-use");
  ANSWERING.add(host);
  const taken = await type(engine, host, question, typed).finally(() => ANSWERING.delete(host));
  engine.submit({ type: "person-acted", what: `answered T${host.terminal}: ${typed.words}`, terminal: host.terminal });
  return { answer: typed.words, taken };
}

/** Of the dialog that offers a choice; where there is none, of the whole screen. */
function fingerprint({ screen }: TerminalHost): string {
  const dialog = dialogOf(screen.text(), (row) => highlightsOn(screen, row));
  return dialog === null ? screen.fingerprint() : fingerprintOf(dialog);
}

function asked(engine: Engine, host: TerminalHost): { readonly seen: NonNullable<TerminalHost["seen"]>; readonly question: Question } {
  const look = lookAt(host);
  const question = look.question();
  if (look.pid === null) throw new RefusedError(`no program runs in terminal ${host.terminal}: it asks nothing`, "not-asking");
  if (question === null || look.seen === null) {
    const state = engine.state.terminals[host.terminal]?.state ?? "unknown";
    throw new RefusedError(`terminal ${host.terminal} asks nothing now: it is ${state}`, "not-asking");
  }
  return { seen: look.seen, question };
}

interface Typed {
  readonly keys: string;
  readonly enter: boolean;
  readonly words: string;
  readonly option: QuestionOption | null;
}

/** `marks`: its lists are gone through by keys, so Enter alone takes what is marked. */
function typedAnswer(question: Question, answer: QuestionAnswer, marks: boolean): Typed {
  if ("option" in answer) {
    const option = question.options[answer.option];
    if (!option) throw new RefusedError(`there is no answer ${answer.option + 1}: it offers ${question.options.length}`, "changed");
    // Not every list of a coding agent knows digits, and what is marked in one is what Enter takes.
    if (marks && option.selected && /^\d/u.test(option.key)) return { keys: ENTER, enter: false, words: option.label, option };
    return { keys: option.key, enter: option.enter, words: option.label, option };
  }
  const cleaned = cleanMessage(answer.text);
  if (!cleaned.ok) throw new RefusedError(cleaned.reason, "bad-message");
  return { keys: cleaned.text, enter: true, words: cleaned.text, option: null };
}

/** Types, presses Enter where the program still waits for it, and says whether the question went. */
async function type(engine: Engine, host: TerminalHost, question: Question, typed: Typed): Promise<boolean> {
  const { left, pid } = lookAt(host);
  // Read from the screen and not from the state: a prompt that has an answer behind it is no question to the rules any more.
  const gone = () => host.pid !== pid || !(isList(question) ? sameOptions(question, optionsOn(host)) : lookAt(host).left.startsWith(left));
  const write = (text: string) => {
    const bytes = Buffer.from(text, "utf8");
    host.write(bytes);
    // No message may come between an answer and its Enter.
    engine.delivery.hold(host.terminal);
  };
  const keyboard: Keyboard = { host, write, gone };
  return typed.option !== null && byArrows(typed.option) ? goByArrows(keyboard, typed.option) : typeOut(keyboard, typed);
}

interface Keyboard {
  readonly host: TerminalHost;
  readonly write: (text: string) => void;
  /** The question is not there any more. */
  readonly gone: () => boolean;
}

async function typeOut({ host, write, gone }: Keyboard, { keys, enter, option }: Typed): Promise<boolean> {
  const { flow: before } = lookAt(host);
  write(option === null ? typedForm(keys, host.modes.bracketedPaste) : keys);
  if (!enter) return until(gone);
  const tail = compact(keys).slice(-8);
  const stands = () => {
    const look = lookAt(host);
    const marked = optionsOn(host).find((one) => one.key === option?.key)?.selected === true && option?.selected === false;
    return marked || (look.flow !== before && look.flow.endsWith(tail));
  };
  // A digit is enough for many programs: an Enter after it would be the answer to whatever comes next.
  await until(() => stands() || gone());
  if (!gone() && stands()) write(ENTER);
  return until(() => gone() || !stands());
}

/** Moves the program's own mark to the option, from where it is seen to stand, and presses Enter there. */
async function goByArrows({ host, write, gone }: Keyboard, option: QuestionOption): Promise<boolean> {
  const wanted = () => optionsOn(host).find(({ label }) => label === option.label);
  const stands = () => wanted()?.selected === true;
  for (let tries = 0; tries < ARROW_TRIES && !stands() && !gone(); tries++) {
    write(inMode(wanted()?.key ?? "", host.modes.applicationCursorKeys));
    await until(() => stands() || gone(), ARROW_LOOKS);
    if (tries > 0) await until(() => !stands() || gone(), MARK_LOOKS);
  }
  if (!gone() && stands()) write(ENTER);
  return until(() => gone() || !stands());
}

/** Arrow keys as the program wants them (DECCKM). */
function inMode(keys: string, application: boolean): string {
  return application ? keys.replaceAll("\x1b[", "\x1bO") : keys;
}

/** A list to choose from, which stays as it is while something is typed; a prompt grows. */
function isList(question: Question): boolean {
  return question.options.some((option) => /^\d/u.test(option.key) || byArrows(option));
}

function optionsOn(host: TerminalHost): readonly QuestionOption[] {
  return questionOn(host.screen).options;
}

function sameOptions(question: Question, options: readonly QuestionOption[]): boolean {
  return question.options.length === options.length && question.options.every(({ label }, index) => options[index]?.label === label);
}

/** Looks again and again; false when it never came. Two looks at least, for what is written in the same moment. */
async function until(holds: () => boolean, looks = EFFECT_LOOKS): Promise<boolean> {
  for (let look = 0; look < looks; look++) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    if (holds()) return true;
  }
  return false;
}
