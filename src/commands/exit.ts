/** Exit codes that scripts rely on, and the error that carries one. */
export const EXIT = { ok: 0, failed: 1, usage: 2, planErrors: 3, timeout: 124, notRunnable: 126, notFound: 127 } as const;

/** An error that a person should read as it is, with the exit code it ends with. */
export class UsageError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number = EXIT.usage) {
    super(message);
    this.exitCode = exitCode;
  }
}
