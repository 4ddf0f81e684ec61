/** The `Kind` column: which sort of parallel work a task is, and whether it is a security item. Only what it says counts, never a title's words. */

export type WorkKind = "edits" | "checks" | "each" | "search" | "batch";

/** What each kind is called beside a task. */
const NAMES: Readonly<Record<WorkKind, string>> = {
  edits: "similar edits",
  checks: "checks of many files",
  each: "the same for each",
  search: "search",
  batch: "batch",
};

/** What the cell may say, in small letters and without dashes. */
const SAID: Readonly<Record<string, WorkKind | "security">> = {
  edit: "edits",
  edits: "edits",
  "similar edit": "edits",
  "similar edits": "edits",
  check: "checks",
  checks: "checks",
  validate: "checks",
  validation: "checks",
  each: "each",
  "for each": "each",
  foreach: "each",
  search: "search",
  searches: "search",
  recon: "search",
  batch: "batch",
  batches: "batch",
  security: "security",
};

export const KINDS_WANTED = "edits, checks, each, search or batch; and security, alone or beside one of them (search, security)";

export interface SaidKind {
  readonly kind: WorkKind | null;
  /** Also beside words that are none of these: a slip of the pen must not take a security item out of sight. */
  readonly security: boolean;
  /** False where a word is none of these, or two of them contradict each other. */
  readonly understood: boolean;
}

export function parseKind(text: string): SaidKind {
  const words = text
    .split(/[,;/+&]|\band\b/iu)
    .map((word) =>
      word
        .trim()
        .toLowerCase()
        .replace(/[-_\s]+/gu, " "),
    )
    .filter((word) => word !== "");
  const said = new Set(words.map((word) => (Object.hasOwn(SAID, word) ? SAID[word] : undefined)));
  const security = said.delete("security");
  const [kind = null] = said;
  const understood = words.length > 0 && !said.has(undefined) && said.size <= 1;
  return { kind: understood && kind !== "security" ? (kind ?? null) : null, security, understood };
}

/** "search, security"; null for a task of which the plan says neither. */
export function kindWords({ kind, security }: { readonly kind?: WorkKind; readonly security?: true }): string | null {
  const words = [...(kind === undefined ? [] : [NAMES[kind]]), ...(security ? ["security"] : [])];
  return words.length === 0 ? null : words.join(", ");
}
