/**
 * Does `work` for the first of `items` now and for each other one in a later turn of the event loop, so that a key that came
 * meanwhile is served in between: a look at ten terminals in one go would hold it up.
 */
export function oneATurn<T>(items: Iterable<T>, work: (item: T) => void): void {
  const left = items[Symbol.iterator]();
  const next = () => {
    const item = left.next();
    if (item.done) return;
    work(item.value);
    setImmediate(next);
  };
  next();
}
