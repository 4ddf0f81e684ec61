/** A message to a terminal's agent, from the moment it is wanted until it was taken or given up. */

/**
 * `queued` waits for the right moment, `typed` stands in the terminal and is not known to be taken yet. `failed` was given up
 * and waits for a person to send it again or to drop it.
 */
export type MessageState = "queued" | "typed" | "delivered" | "failed" | "dropped";

/** Why it is sent: words of a person, one of several at once, an act on a blocker, or the agent's next task. */
export type MessagePurpose = "message" | "broadcast" | "escalation" | "reassignment" | "resolution" | "assignment";

export interface Message {
  /** "m" and the number of the event that brought it: "m412". */
  readonly id: string;
  readonly terminal: number;
  /** As it is typed; of a settled one only the beginning is kept. */
  readonly text: string;
  readonly purpose: MessagePurpose;
  readonly by: string;
  /** The blocker that it is about. */
  readonly blocker: string | null;
  readonly state: MessageState;
  /** Why it waits, how it was seen to be taken, or why it was given up: in words, without the terminal's number. */
  readonly why: string | null;
  /** How often it was typed. */
  readonly attempts: number;
  /** When it was wanted (t, and wall clock), and when its state began (t). */
  readonly queuedT: number;
  readonly queuedAt: number;
  readonly since: number;
  /** The process that alone it was meant for: an agent that runs one program per task is another one for the next task. */
  readonly pid: number | null;
}

export type MessageFact =
  | {
      readonly type: "message-queued";
      readonly terminal: number;
      readonly text: string;
      readonly purpose: MessagePurpose;
      readonly by: string;
      readonly blocker?: string;
      readonly pid?: number;
    }
  /** It waits for this reason now; told when the reason changes. Also puts one that was typed back into the queue. */
  | { readonly type: "message-waiting"; readonly message: string; readonly why: string }
  | { readonly type: "message-typed"; readonly message: string; readonly attempt: number }
  | { readonly type: "message-delivered"; readonly message: string; readonly evidence: string }
  | { readonly type: "message-failed"; readonly message: string; readonly why: string }
  /** A person gave it up; `by` says who. */
  | { readonly type: "message-dropped"; readonly message: string; readonly by: string };
