/** Steps of which each is done whatever became of the one before. */

/** One after the other; resolves when all are over. What goes wrong is told to `log`. Never rejects. */
export async function allInTurn(log: (text: string) => void, steps: readonly (() => unknown)[]): Promise<void> {
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      log(`at the end: ${(error as Error).stack ?? String(error)}`);
    }
  }
}
