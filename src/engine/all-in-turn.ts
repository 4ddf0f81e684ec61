/** Steps of which each is done whatever became of the one before. */

/** One after the other; resolves when all are over. What goes wrong is logged. Never rejects. */
export async function allInTurn(ports: { log(text: string): void }, steps: readonly (() => unknown)[]): Promise<void> {
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      ports.log(`at the end: ${(error as Error).stack ?? String(error)}`);
    }
  }
}
