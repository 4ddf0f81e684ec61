/** Characters that never belong into text we show: controls, bidi overrides and marks, and others that cannot be seen. */
const UNSEEN =
  // eslint-disable-next-line no-control-regex -- control characters are what must go
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;

/** Text that a program wrote, fit to be shown: one line of visible characters, `limit` code points at most. */
export function plainText(text: string, limit: number): string {
  // Cut first: a title may be a megabyte. A code point is at most two units.
  const head = text.slice(0, limit * 2).replace(/[\t\n\r]+/gu, " ");
  return [...head.replace(UNSEEN, "")].slice(0, limit).join("").trim();
}
