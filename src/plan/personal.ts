/**
 * What should be replaced in a text before it is given to others, as far as its form tells it: e-mail addresses, addresses of machines
 * that the outside does not know, dates. Names of people have no form; they are for a person to look for. Pure.
 */

export interface Personal {
  readonly what: "e-mail address" | "internal address" | "date";
  readonly count: number;
  /** Of the first one, from 1. */
  readonly line: number;
}

/** Reserved for examples (RFC 2606), and addresses that are nobody's. */
const NOBODY = /@(?:[\w-]+\.)*example(?:\.(?:com|org|net))?$|\.(?:example|invalid|test)$|^(?:git|no-?reply)@/iu;
const MAIL = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/gu;
/** RFC 1918, and names that only a network of one's own resolves (RFC 6762, RFC 8375 and habit). */
const PRIVATE = /(?<![\d.])(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2})(?!\d|\.\d)/gu;
const INNER_HOST =
  /\bhttps?:\/\/(?!localhost\b)(?:[\w-]+(?=[:/\s)"'>]|$)|(?:[\w-]{1,63}\.){1,8}(?:local|internal|intranet|corp|lan|home)\b)/giu;
const DATE = /\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b/gu;
/** A line that is longer is no text that a person wrote. */
const LONGEST = 5000;

export function personalIn(text: string): readonly Personal[] {
  const found = new Map<Personal["what"], { count: number; line: number }>();
  for (const [index, long] of text.split("\n").entries()) {
    const line = long.slice(0, LONGEST);
    const mails = (line.match(MAIL) ?? []).filter((mail) => !NOBODY.test(mail)).length;
    const inner = (line.match(PRIVATE)?.length ?? 0) + (line.match(INNER_HOST)?.length ?? 0);
    const dates = line.match(DATE)?.length ?? 0;
    for (const [what, count] of [
      ["e-mail address", mails],
      ["internal address", inner],
      ["date", dates],
    ] as const) {
      if (count > 0) found.set(what, { count: (found.get(what)?.count ?? 0) + count, line: found.get(what)?.line ?? index + 1 });
    }
  }
  return [...found].map(([what, { count, line }]) => ({ what, count, line }));
}
