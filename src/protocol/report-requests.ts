/** What agents report through the command line or as MCP tools. */

export type ReportRequest =
  /** Answers a ReportAnswer, or refuses with the reason. `report`: what `checkedReport` of report-verbs.ts takes for `verb`. */
  | {
      readonly name: "report";
      readonly verb: string;
      readonly report: unknown;
      /** The reporter's terminal; null for a person. */
      readonly terminal: number | null;
      /** The marathon that the reporter belongs to, if it knows: what is left of an earlier one says nothing about this one. */
      readonly marathon: string | null;
      readonly by: string;
    }
  /** Answers a QuestionState once the question is answered or withdrawn. */
  | { readonly name: "report-answer"; readonly question: string };

export interface ReportAnswer {
  /** What came of it, in words. */
  readonly said: string;
  /** Whether anything is different now. */
  readonly changed: boolean;
  /** What the reporter had better know. */
  readonly notes: readonly string[];
  readonly question?: string;
  readonly blocker?: string;
  readonly file?: string;
  /** Of a spawn, by the hierarchy in force. */
  readonly verdict?: "allowed" | "violation" | "unknown";
}

export interface QuestionState {
  readonly question: string;
  readonly state: "answered" | "withdrawn";
  readonly answer: string | null;
  /** Who answered, or why it was withdrawn. */
  readonly by: string;
}
