/**
 * Whether the engine says anything: it tells the time every five seconds, whatever else it does. Counted in beats of the dashboard's own,
 * not in time that has passed: a machine that slept has silenced both, and nobody is alarmed when it wakes.
 */

/** So many beats without a word: two that it owes did not come, which is no hiccup of a busy machine. */
const PATIENCE = 12;

export class EngineSilence {
  /** Since something was heard; null before anybody is listened to. */
  #beats: number | null = null;

  /** Something was heard, or somebody is listened to from now on. */
  heard(): void {
    this.#beats = 0;
  }

  /** To be called once a second. Answers for how many seconds nothing was heard; null while that means nothing. */
  beat(): number | null {
    if (this.#beats === null) return null;
    this.#beats++;
    return this.#beats > PATIENCE ? this.#beats : null;
  }
}
