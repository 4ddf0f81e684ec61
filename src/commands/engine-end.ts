/** An engine's socket closes a moment before its process is gone. Longer than this it hangs, and nobody should wait for it. */
const PATIENCE_MS = 5000;
const LOOK_MS = 20;

/** Resolves when the process has ended, or when it is clear that it will not. */
export async function engineEnd(pid: number): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
