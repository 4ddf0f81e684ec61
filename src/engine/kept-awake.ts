/** Between two times that it is woken, ms. */
const WAKE_MS = 500;

/**
 * Does the work, and while it lasts wakes a holder that somebody stops (SIGSTOP): only it can tell which process a terminal runs, and
 * how that ended.
 */
export async function keptAwake<T>(holder: { goOn(): void }, work: () => Promise<T>): Promise<T> {
  holder.goOn();
  const again = setInterval(() => holder.goOn(), WAKE_MS);
  try {
    return await work();
  } finally {
    clearInterval(again);
  }
}
