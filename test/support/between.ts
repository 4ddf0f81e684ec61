/** The part of a document that is generated: what stands between `<!-- name… -->` and `<!-- /name -->`. */
export function between(text: string, name: string): string {
  const { start, end } = part(text, name);
  return text.slice(start, end);
}

/** The document with another text there. */
export function replaceBetween(text: string, name: string, generated: string): string {
  const { start, end } = part(text, name);
  return `${text.slice(0, start)}\n${generated.trim()}\n${text.slice(end)}`;
}

function part(text: string, name: string): { readonly start: number; readonly end: number } {
  const opening = new RegExp(`<!-- ${name}\\b[^>]*-->`).exec(text);
  const end = text.indexOf(`<!-- /${name} -->`);
  if (opening === null || end < opening.index) throw new Error(`the document has no part <!-- ${name} … --> to <!-- /${name} -->`);
  return { start: opening.index + opening[0].length, end };
}
