/** What is counted all the while, however long the marathon lasts. */
export interface Counters {
  readonly blockers: number;
  readonly spawned: number;
  readonly spawnedAllowed: number;
  readonly concurrent: number;
  readonly peakConcurrent: number;
  /** Sum of busy time over all terminals, in ms of t, closed stretches only. */
  readonly busyMs: number;
  readonly lastHumanAt: number | null;
  /** Starts of tasks and spawns of sub-agents, and those that the commander did itself. */
  readonly runs?: number;
  readonly directRuns?: number;
  /** Edits of the project's files that agents told of, and those that a leading agent made itself. */
  readonly edits?: number;
  readonly directEdits?: number;
}
