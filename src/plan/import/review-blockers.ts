/** Blocker files for what a review tells of as blocked, so that the next marathon begins with it on its board. Pure. */
import type { Review } from "./types.ts";

export interface ReviewBlocker {
  readonly session: string;
  /** SESSION_025_BLOCKER.md: the watched folder knows it by this name. */
  readonly name: string;
  readonly text: string;
}

/** One for each session that the review calls blocked; those that only suffered from it are not. */
export function reviewBlockers({ sessions, title }: Review): readonly ReviewBlocker[] {
  return (
    sessions
      // The id becomes part of a file's name, and only numbers are known there.
      .filter(({ id, status }) => status === "blocked" && /^\d{1,6}$/u.test(id))
      .map(({ id, name, planned, actual, completion, reason, file, line }) => {
        const facts = [
          completion === null ? null : `${completion} % complete`,
          planned === null ? null : `${planned} h planned`,
          actual === null ? null : `${actual} h worked`,
        ].filter((fact) => fact !== null);
        const why =
          reason === null || /^blocked$/i.test(reason)
            ? `the review says that it was blocked: ${facts.join(", ") || "no figures"}`
            : reason;
        const lines = [
          `# Session ${id}${name === null ? "" : ` ${name}`} is blocked since an earlier marathon`,
          "",
          "**Status:** open",
          `**Reason:** ${why}`,
          `**Evidence:** ${title ?? "review"}, ${file}:${line}${facts.length > 0 ? ` (${facts.join(", ")})` : ""}`,
          "",
        ];
        return { session: id, name: `SESSION_${id}_BLOCKER.md`, text: lines.join("\n") };
      })
  );
}
