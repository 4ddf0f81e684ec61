/** What may be asked of the engine about blockers. */
import type { BlockerWish } from "../marathon/blocker-judge.ts";
import type { Priority } from "../plan/types.ts";

export type BlockerRequest =
  /** Answers `{blocker, said}`; one cause is one blocker, so a task that is blocked already keeps its own. */
  | { readonly name: "block"; readonly task: number; readonly reason: string; readonly priority: Priority | null; readonly by: string }
  /** Acts on a blocker; answers `{blocker, said}`, or refuses with the reason. */
  | {
      readonly name: "blocker";
      readonly blocker: string;
      readonly wish: BlockerWish;
      readonly note: string | null;
      readonly by: string;
    }
  /** Write or complete its file in the scratchpad; answers `{blocker, said, file}`. */
  | { readonly name: "document-blocker"; readonly blocker: string; readonly by: string }
  /** An issue was opened for it, or its text was kept in a file. */
  | {
      readonly name: "blocker-issue";
      readonly blocker: string;
      readonly url: string | null;
      readonly file: string | null;
      readonly by: string;
    };
