/** Calls back after `ms` real milliseconds; answers how to cancel. */
export function later(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}

/**
 * The same, for somebody who waits for more bytes: those that are there already are read first. On a busy machine the time may be over
 * before the process had its turn, and that says nothing about whoever sent them.
 */
export function laterThanInput(ms: number, callback: () => void): () => void {
  let immediate: NodeJS.Immediate | undefined;
  // Between timers and immediates Node.js reads what can be read.
  const timer = setTimeout(() => (immediate = setImmediate(callback)), ms);
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}
