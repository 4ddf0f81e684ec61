/** What was said of the plan's goals and targets. Journaled as they are: fields are added, never renamed. */

export type GoalFact =
  /** `goal`: its id, as in goals.ts. `text`: as the plan had it then. */
  | {
      readonly type: "goal-checked";
      readonly goal: string;
      readonly text: string;
      readonly met: boolean;
      readonly note: string | null;
      readonly by: string;
    }
  /** `name`: of a target of the plan. `value`: in the words of whoever measured it. */
  | { readonly type: "target-measured"; readonly name: string; readonly value: string; readonly by: string };

/** What was said of a goal last. `text`: the goal's, so that an edited plan does not inherit what was said of another line. */
export interface GoalCheck {
  readonly text: string;
  readonly met: boolean;
  /** Wall clock, ms. */
  readonly at: number;
  readonly note: string | null;
  readonly by: string;
}

export interface Measured {
  /** As it was said: "57/81", "~75 %", "complete". */
  readonly value: string;
  /** Wall clock, ms. */
  readonly at: number;
  readonly by: string;
}
