/** What agents are given to read: files both shared and never shared, near misses, streams without a bundle. */
import type { Draft } from "./draft.ts";
import { pathParts } from "./glob.ts";
import { placeOf } from "./marks.ts";
import { neverShareRule } from "./never-share.ts";
import type { Problems } from "./problems.ts";
import type { ContextFile, Place, Plan } from "./types.ts";

export function verifySharing(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  reportSecrets(drafts, plan, problems);
  reportBundles(drafts, plan, problems);
}

/** By the paths as they are written (T-37). The engine decides anew, on real paths (share.ts). */
function reportSecrets(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  const files: ContextFile[] = [
    ...drafts.flatMap((draft) => draft.context).flatMap((list) => list.files),
    ...drafts
      .flatMap((draft) => draft.marks.bundles)
      .flatMap((bundle) => bundle.entries.map((path) => ({ ...placeOf(bundle), path, note: null }))),
  ];
  const rules = plan.neverShare.map((text) => ({ text, forbids: neverShareRule(text) }));
  for (const file of files) {
    const rule = rules.find(({ forbids }) => forbids?.(pathParts(file.path)))?.text;
    const near = plan.neverShare.find((pattern) => rule === undefined && nearlyForbids(pattern, file.path));
    if (rule !== undefined) {
      problems.warning({
        at: placeOf(file),
        code: "shared-and-secret",
        trap: "T-37",
        message: `${file.path} is to be shared, and ${rule} never`,
        advice: "take it out of one of the two lists; until then it is kept out",
        stated: file.path,
        computed: rule,
      });
    } else if (near !== undefined) {
      problems.note({
        at: placeOf(file),
        code: "near-secret",
        trap: "T-37",
        message: `${file.path} is shared although ${near} never is: rules match whole names`,
        advice: `nothing to do if it holds no secret; else add ${file.path} to the files never shared`,
        stated: file.path,
        computed: near,
      });
    }
  }
}

function nearlyForbids(pattern: string, path: string): boolean {
  const last = pathParts(pattern).at(-1) ?? "";
  if (last.includes("*") || last.length < 3) return false;
  return pathParts(path).some((segment) => segment !== last && (segment.startsWith(`${last}.`) || segment.startsWith(`${last}-`)));
}

/** Bundles or context lists for some streams and not for others, and entries that are no path (T-38). */
function reportBundles(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  for (const draft of drafts) {
    const bundles = draft.marks.bundles;
    const lists = draft.context.filter((list) => list.stream !== null);
    reportLacking("context bundle", bundles[0], new Set(bundles.map((bundle) => bundle.stream)), plan, problems);
    reportLacking("list of context files", lists[0]?.files[0], new Set(lists.map((list) => list.stream ?? "")), plan, problems);
    for (const bundle of bundles) {
      const prose = bundle.entries.filter((entry) => /\s/.test(entry));
      if (prose.length === 0) continue;
      problems.note({
        at: placeOf(bundle),
        code: "no-path",
        trap: "T-38",
        message: `"${prose.join('", "')}" in the bundle of stream ${bundle.stream} is no path`,
        advice: "name the files; until then its agents get the rest of the bundle",
        stated: prose.join(", "),
      });
    }
  }
}

function reportLacking(what: string, first: Place | undefined, having: ReadonlySet<string>, plan: Plan, problems: Problems): void {
  const lacking = plan.streams.map((stream) => stream.id).filter((id) => !having.has(id));
  if (first === undefined || lacking.length === 0 || !plan.streams.some((stream) => having.has(stream.id))) return;
  problems.note({
    at: placeOf(first),
    code: "bundle-missing",
    trap: "T-38",
    message: `stream ${lacking.join(", ")} has no ${what}; ${[...having].join(", ")} have one`,
    advice: "add one, or its agents get the files that everybody gets",
    stated: [...having].join(", "),
    computed: plan.streams.map((stream) => stream.id).join(", "),
  });
}
