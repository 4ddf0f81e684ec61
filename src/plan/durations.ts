/** Durations as people write them. */

export interface Minutes {
  readonly low: number;
  readonly high: number;
}

/**
 * Reads `45m`, `1h 30m`, `2h`, `2-4 h`, `1.5 hours`, `~3 h`, `90 min`, `1 day` (8 hours) into minutes.
 * A bare number is hours when `bare` says so, else nothing. Null when the text is no duration or is zero.
 */
export function parseDuration(text: string, bare: "hours" | "minutes" | null = null): Minutes | null {
  const trimmed = text
    .trim()
    .replace(/^[~≈]\s*|^about\s+/i, "")
    .replace(/\+$/, "");
  const range = /^(\d+(?:\.\d+)?)\s*([a-z]*)\s*(?:-|–|—|to)\s*(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(trimmed);
  if (range !== null) {
    const lowUnit = unitOf(range[2] || range[4] || "", bare);
    const highUnit = unitOf(range[4] || range[2] || "", bare);
    if (lowUnit === null || highUnit === null) return null;
    const low = Number(range[1]) * lowUnit;
    const high = Number(range[3]) * highUnit;
    return low > 0 && high >= low ? { low, high } : null;
  }
  const total = sumOfParts(trimmed, bare);
  return total === null || total <= 0 ? null : { low: total, high: total };
}

/** Minutes as a person would say them, to the second: 90 is "1h 30m", 28.8 is "28m 48s", 0.5 is "30s". */
export function showMinutes(minutes: number): string {
  const seconds = Math.round(minutes * 60);
  const parts = [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [seconds % 60, "s"],
  ] as const;
  return (
    parts
      .filter(([value]) => value > 0)
      .map(([value, unit]) => `${value}${unit}`)
      .join(" ") || "0s"
  );
}

function sumOfParts(text: string, bare: "hours" | "minutes" | null): number | null {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]*)/gi)];
  const rest = text.replace(/\d+(?:\.\d+)?\s*[a-z]*|[\s,]|\band\b/gi, "");
  if (parts.length === 0 || rest !== "") return null;
  let total = 0;
  for (const part of parts) {
    const unit = unitOf(part[2] ?? "", bare);
    if (unit === null) return null;
    total += Number(part[1]) * unit;
  }
  return total;
}

function unitOf(word: string, bare: "hours" | "minutes" | null): number | null {
  if (word === "") return bare === "hours" ? 60 : bare === "minutes" ? 1 : null;
  if (/^(?:m|min|mins|minutes?)$/i.test(word)) return 1;
  if (/^(?:h|hr|hrs|hours?)$/i.test(word)) return 60;
  if (/^(?:d|days?)$/i.test(word)) return 8 * 60;
  if (/^(?:s|sec|secs|seconds?)$/i.test(word)) return 1 / 60;
  return null;
}
