/** What a model is asked and what it answers, whatever the wire: each dialect is read into this and written from it. */

export interface Turn {
  readonly by: "user" | "assistant" | "tool";
  readonly text: string;
}

/** A tool as its client declares it. */
export interface DeclaredTool {
  readonly name: string;
  /** JSON schema of its input; {} for one without. */
  readonly schema: Schema;
}

export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
}

export interface Conversation {
  readonly turns: readonly Turn[];
  readonly tools: readonly DeclaredTool[];
  readonly stream: boolean;
  /** The shape that a plain answer must have, for clients that ask for one. */
  readonly answerSchema?: Schema;
}

/** A tool call in the client's own words. */
export interface Call {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export type Reply =
  | { readonly kind: "say"; readonly text: string; readonly calls: readonly Call[]; readonly wordMs: number }
  | { readonly kind: "refuse"; readonly status: number; readonly message: string; readonly retryAfter: number | null };

/** A word about four characters long is a token or so: enough for clients that add up what they used. */
export function tokensOf(text: string): number {
  return Math.max(1, Math.ceil(text.length / 4));
}

export function tokensIn({ turns }: Conversation): number {
  return turns.reduce((total, { text }) => total + tokensOf(text), 0);
}

/** A text as it would come from a model, in pieces that together are the text. */
export function pieces(text: string): readonly string[] {
  return text.match(/\S+\s*|\s+/gu) ?? [];
}
