/** The never-share rules of a plan, as far as they can be judged by a path alone. */
import { pathLike, pathParts } from "./glob.ts";

/**
 * Whether a rule forbids a path, given in parts: `.env` is any part of that name (so `.env.example` passes), `docs/data/*.json` any
 * JSON file directly in a `docs/data`, `.sanitize/` a folder of that name and all in it. `*` and `?` stay within a part, `**` spans
 * parts, upper and lower case are the same. Rules hold at any depth: what may never be shared is not shared from a copy of its folder
 * either. Null for a rule that names nothing.
 */
export function neverShareRule(rule: string): ((path: readonly string[]) => boolean) | null {
  const parts = pathParts(rule.trim()).filter((part) => part !== "~");
  if (parts.length === 0) return null;
  // What is in a folder is not the folder: two stars at the end need something that they stand for.
  const last = parts.findLastIndex((part) => part !== "**");
  const wanted = last === parts.length - 1 ? parts : [...parts.slice(0, last + 1), "*"];
  return pathLike(["**", ...wanted, "**"], { anyCase: true });
}
