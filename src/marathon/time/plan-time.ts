/** The notation of time that screens, commands and papers share. All durations are milliseconds of marathon time. Pure. */
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * Planned and elapsed time, in at most five columns below a hundred hours: `41s`, `1m20`, `12m`, `2:41`, `36:00`. Hours and
 * minutes only from one hour on, so that a plan of two minutes can be followed as well as one of a night.
 */
export function planTime(ms: number): string {
  const value = Math.abs(ms);
  const sign = ms <= -second ? "-" : "";
  const minutes = Math.floor(value / minute);
  if (value < minute) return `${sign}${Math.floor(value / second)}s`;
  if (value < 10 * minute) {
    const seconds = Math.floor(value / second) % 60;
    return `${sign}${minutes}m${seconds === 0 ? "" : pad2(seconds)}`;
  }
  if (value < hour) return `${sign}${minutes}m`;
  return `${sign}${Math.floor(minutes / 60)}:${pad2(minutes % 60)}`;
}

/** A clock that a person watches: `41s`, `6m09`, `31m07` below an hour, then as `planTime` writes it, `1:31`: no two look alike. */
export function stopwatch(ms: number): string {
  const value = Math.max(0, ms);
  if (value < minute || value >= hour) return planTime(value);
  return `${Math.floor(value / minute)}m${pad2(Math.floor(value / second) % 60)}`;
}

function pad2(value: number): string {
  return String(value).padStart(2, "0");
}
