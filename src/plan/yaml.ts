/** The one place that knows the YAML library. */
import { LineCounter, isMap, isScalar, parseDocument } from "yaml";

export interface YamlReading {
  readonly value: unknown;
  /** The first thing wrong with the text; line and column count from 1. */
  readonly error: { readonly message: string; readonly line: number; readonly column: number } | null;
  /** Where each top-level key stands. */
  readonly keys: ReadonlyMap<string, { readonly line: number; readonly column: number }>;
}

/** Reads one YAML document. Never throws; aliases that would unfold without end are an error. */
export function parseYaml(text: string): YamlReading {
  const lines = new LineCounter();
  const keys = new Map<string, { line: number; column: number }>();
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const error = document.errors[0];
    if (error !== undefined) return { value: null, error: { message: error.message, ...place(error.pos[0]) }, keys };
    if (isMap(document.contents)) {
      for (const pair of document.contents.items) {
        if (isScalar(pair.key)) keys.set(String(pair.key.value), place(pair.key.range?.[0] ?? 0));
      }
    }
    return { value: document.toJS({ maxAliasCount: 50 }), error: null, keys };
  } catch (thrown) {
    return { value: null, error: { message: thrown instanceof Error ? thrown.message : String(thrown), line: 1, column: 1 }, keys };
  }
}
