/**
 * Permissions that agents ask for by a hook: answered by a rule of the plan, or held until a person answers on the board. The
 * agent's own dialog stands on its screen meanwhile; whichever is answered first counts.
 */
import { resolve } from "node:path";
import { judgePermission, judgeRefusal, type Place, type Policy } from "../../marathon/permission-policy.ts";
import { toolRisks } from "../../marathon/tool-risks.ts";
import { asksPerson, inWords } from "../../marathon/tool-use.ts";
import type { Event, Fact, State } from "../../marathon/types.ts";
import type { TerminalQuestion } from "../../protocol/messages.ts";
import type { HookStyle } from "../agents/coding-cli.ts";
import { Share } from "../agents/share.ts";
import { RefusedError } from "../server.ts";
import type { HookEvent } from "./hook-event.ts";
import { ownReport } from "./own-reports.ts";
import { realPath } from "./real-path.ts";

export type Asked = Extract<HookEvent, { kind: "permission" }>;
type Used = Extract<HookEvent, { kind: "tool" }>;

export interface HowAsked {
  /** The agent does not wait for the answer any more. */
  readonly gone: AbortSignal;
  readonly style: HookStyle | null;
}

interface Pending {
  readonly id: string;
  readonly asked: Asked;
  readonly place: Place;
  /** A rule that nearly held. */
  readonly why: string | null;
  /** The terminal was seen to ask since: when it asks no more, this was answered on its screen. */
  shown: boolean;
  answer(value: object): void;
}

export interface PermissionPorts {
  state(): State;
  submit(...facts: readonly Fact[]): void;
}

const FINGERPRINT = "hook:";
const UNANSWERED: object = {};

export class PermissionDesk {
  readonly #ports: PermissionPorts;
  readonly #pending = new Map<number, Pending[]>();
  #count = 0;

  constructor(ports: PermissionPorts) {
    this.#ports = ports;
  }

  /** The answer for the agent, once there is one; an empty one leaves it to the agent's own dialog, null to the one that comes now. */
  asked(terminal: number, asked: Asked, { gone, style }: HowAsked): object | Promise<object> | null {
    // The choice of such a dialog is made by keys.
    if (asksPerson(asked.use.tool)) return style?.dialog === "after" ? null : UNANSWERED;
    const state = this.#ports.state();
    const place = placeOf(state, asked);
    const judged = judgePermission(policyOf(state), asked.use, place);
    if (judged.answer !== "ask") {
      const allowed = judged.answer === "allow";
      this.#answered(terminal, asked, allowed, { by: "rule", rule: judged.rule });
      return decision(allowed, allowed ? null : refusal(judged.rule));
    }
    const report = place.forbidden === null && !asked.use.more ? ownReport(state, asked.use.tool, place.real) : null;
    if (report) {
      this.#answered(terminal, asked, true, { by: "rule", rule: "its own reports" });
      return decision(true, null, (style?.widens && report.update) || undefined);
    }
    // Nobody may be waited for where the dialog comes only afterwards.
    if (style?.dialog === "after") return null;
    return new Promise((answer) => {
      const pending: Pending = { id: `${FINGERPRINT}${++this.#count}`, asked, place, why: judged.why, shown: false, answer };
      this.#pending.set(terminal, [...this.#of(terminal), pending]);
      gone.addEventListener("abort", () => this.#forget(terminal, pending));
    });
  }

  /** The refusal of a tool that is about to run, for agents that know the plan's rules by their hooks alone; null: it may run. */
  refused(terminal: number, event: Used, style: HookStyle | null): object | null {
    if (style === null || style.refusal === "settings") return null;
    const state = this.#ports.state();
    const judged = judgeRefusal(policyOf(state), event.use, placeOf(state, event));
    if (judged === null) return null;
    this.#answered(terminal, event, false, { by: "rule", rule: judged.rule });
    const permissionDecisionReason = refusal(judged.rule);
    return { hookSpecificOutput: { hookEventName: event.name, permissionDecision: "deny", permissionDecisionReason } };
  }

  /** What was asked before is answered when its tool has run, and when the turn of whoever asked is over. */
  heard(terminal: number, event: HookEvent): void {
    const ran = event.kind === "tool" && event.phase === "after" ? inWords(event.use) : null;
    const over =
      event.kind === "stop" || event.kind === "prompt" || event.kind === "end" || event.kind === "failure" || event.kind === "agent";
    for (const pending of this.#of(terminal)) {
      if (pending.asked.agent?.id !== event.agent?.id) continue;
      if (over || ran === inWords(pending.asked.use)) this.#release(terminal, pending);
    }
  }

  /** A terminal that asked and asks no more was answered on its screen. */
  saw(event: Event): void {
    if (event.type === "terminal-exited") for (const pending of this.#of(event.terminal)) this.#release(event.terminal, pending);
    if (event.type !== "terminal-state") return;
    for (const pending of this.#of(event.terminal)) {
      if (event.state === "asking") pending.shown = true;
      else if (pending.shown) this.#release(event.terminal, pending);
    }
  }

  /** What is asked there longest, as a person reads it; null: nothing that can be answered this way. */
  question(terminal: number): TerminalQuestion | null {
    const [pending] = this.#of(terminal);
    if (!pending || this.#ports.state().terminals[terminal]?.state !== "asking") return null;
    const { asked, place, why, id } = pending;
    const risks = toolRisks(asked.use, place);
    const whose = asked.agent === null ? "" : `its sub-agent ${asked.agent.type ?? asked.agent.id} `;
    const options = ["Yes, this once", ...asked.suggestions.map(({ words }) => words), "No"];
    return {
      terminal,
      fingerprint: id,
      kind: "permission",
      source: "hook:PermissionRequest",
      evidence: inWords(asked.use),
      lines: [
        `${whose}wants to use ${asked.use.tool}`,
        ...asked.details,
        ...risks.map((risk) => `! it ${risk}`),
        ...(why === null ? [] : [`not allowed by a rule: ${why}`]),
      ],
      options: options.map((label, index) => ({ key: String(index + 1), label, selected: false })),
    };
  }

  /** Whether this question came by a hook. */
  isOurs(fingerprint: string): boolean {
    return fingerprint.startsWith(FINGERPRINT);
  }

  /**
   * Answers it; the words of what was chosen. A text is a "no" with what to do instead. Throws RefusedError "changed" when it
   * was answered elsewhere meanwhile.
   */
  answer(terminal: number, fingerprint: string, answer: { readonly option: number } | { readonly text: string }): string {
    const pending = this.#of(terminal).find(({ id }) => id === fingerprint);
    if (!pending) throw new RefusedError(`terminal ${terminal} does not ask that any more: nothing was answered`, "changed");
    const { asked } = pending;
    const text = "text" in answer ? answer.text.trim() : null;
    const option = "option" in answer ? answer.option : asked.suggestions.length + 1;
    const suggestion = asked.suggestions[option - 1];
    if (option > asked.suggestions.length + 1) throw new RefusedError(`there is no answer ${option + 1}`, "changed");
    const allowed = text === null && option <= asked.suggestions.length;
    this.#forget(terminal, pending);
    pending.answer(decision(allowed, text === "" ? null : text, allowed ? suggestion?.update : undefined));
    this.#answered(terminal, asked, allowed, { by: "person", rule: null });
    return text ?? (allowed ? (suggestion?.words ?? "Yes, this once") : "No");
  }

  /** Nobody is there to answer any more: each agent's own dialog stays. */
  stop(): void {
    for (const [terminal, all] of this.#pending) for (const pending of all) this.#release(terminal, pending);
  }

  #answered(
    terminal: number,
    { use, agent }: Pick<Asked, "use" | "agent">,
    allowed: boolean,
    how: { by: "rule" | "person"; rule: string | null },
  ): void {
    const { tool, words } = use;
    this.#ports.submit({ type: "permission-answered", terminal, tool, words, allowed, agent: agent?.id ?? null, ...how });
  }

  #release(terminal: number, pending: Pending): void {
    this.#forget(terminal, pending);
    pending.answer(UNANSWERED);
  }

  #forget(terminal: number, pending: Pending): void {
    this.#pending.set(
      terminal,
      this.#of(terminal).filter((one) => one !== pending),
    );
  }

  #of(terminal: number): readonly Pending[] {
    return this.#pending.get(terminal) ?? [];
  }
}

/** In the form of Claude Code's hooks; `message` goes to the agent when it is refused. */
function decision(allowed: boolean, message: string | null, update?: Readonly<Record<string, unknown>>): object {
  const wider = update ? { updatedPermissions: [update] } : {};
  const answer = allowed ? { behavior: "allow", ...wider } : { behavior: "deny", message: message ?? "A person refused it." };
  return { hookSpecificOutput: { hookEventName: "PermissionRequest", decision: answer } };
}

function refusal(rule: string): string {
  return `The plan does not allow it (${rule}). Go on without it, or report the task as blocked.`;
}

function policyOf(state: State): Policy {
  const { permissions, allow, deny } = state.plan.settings;
  return { permissions: permissions ?? "ask", allow: allow ?? [], deny: deny ?? [] };
}

function placeOf(state: State, { use }: Pick<Asked, "use">): Place {
  const project = realPath(state.project) ?? state.project;
  const home = process.env["HOME"] ?? null;
  const written = use.path === null ? null : resolve(state.project, use.path);
  // The project itself may be reached by a link.
  const path = written !== null && `${written}/`.startsWith(`${state.project}/`) ? project + written.slice(state.project.length) : written;
  const real = written === null ? null : realPath(written);
  const share = new Share(state.project, state.plan.neverShare);
  const ruleOf = (paths: readonly (string | null)[]) =>
    paths.map((one) => (one === null ? null : share.ruleFor(one))).find((rule) => rule !== null) ?? null;
  const words = (use.command ?? "").split(/[\s'"=<>|;&()]+/u).filter((word) => word !== "");
  return {
    project,
    home,
    path,
    real,
    forbidden: ruleOf([path, real, ...(use.more ?? []).map((one) => resolve(project, one))]),
    mentions: ruleOf(words.map((word) => resolve(project, word))),
  };
}
