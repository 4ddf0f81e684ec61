/** What a look at the machine says: one sentence, and what to do where something is to be done. */

export interface Check {
  /** Stable; scripts may rely on it. */
  readonly id: string;
  readonly ok: boolean;
  /** `error`: a marathon would not work here. `warning`: it works, with less than it could have. `note`: nothing to do. */
  readonly severity: "error" | "warning" | "note";
  readonly message: string;
  readonly advice: string | null;
  /** Only where it can be mended without touching anything that is not ours, and without losing anything. */
  readonly fix?: Fix;
}

/** Does it, and says what was done. Throws when it cannot be done. */
export type Fix = () => string | Promise<string>;

export function good(id: string, message: string, advice: string | null = null): Check {
  return { id, ok: true, severity: "note", message, advice };
}

export function warning(id: string, message: string, advice: string, fix?: Fix): Check {
  return { id, ok: false, severity: "warning", message, advice, ...(fix ? { fix } : {}) };
}

export function bad(id: string, message: string, advice: string, fix?: Fix): Check {
  return { id, ok: false, severity: "error", message, advice, ...(fix ? { fix } : {}) };
}

/** "1 file", "3 files". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** A first few of many, for a sentence. */
export function some(names: readonly string[], most = 3): string {
  return names.length > most ? `${names.slice(0, most).join(", ")} and ${names.length - most} more` : names.join(", ");
}
