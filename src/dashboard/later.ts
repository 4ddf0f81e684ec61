/** Calls back after `ms` real milliseconds; answers how to cancel. */
export function later(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
