/**
 * Takes secrets out of what we write down ourselves: the last lines of a failed command, reasons, reports. Known shapes of tokens, and
 * values of variables that are named like secrets. A secret of no known shape that no variable holds cannot be known. Pure.
 */
export type Redact = (text: string) => string;

const REMOVED = "[secret removed]";
/** A shorter value would be found in the middle of other words. */
const SHORTEST_VALUE = 8;
/** Variables whose values are secrets by their names. */
const SECRET_NAME =
  /(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?|_AUTH|_PAT|_DSN)$|^(?:PGPASSWORD|MYSQL_PWD|SSHPASS)$/iu;

/**
 * Forms in which issuers give out tokens. Every quantifier is over one class and none is nested: the time is linear in the text.
 * Group 1, where there is one, is kept.
 */
const SHAPES: readonly RegExp[] = [
  // Cloud keys: AWS, Google, Azure storage.
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/gu,
  /\bAIza[\w-]{35}/gu,
  /\bya29\.[\w-]{20,}/gu,
  /(\bAccountKey=)[\w+/=]{40,}/gu,
  // Code hosts and registries: GitHub, GitLab, npm, PyPI, Docker.
  /\bgh[opsur]_[A-Za-z0-9]{30,}/gu,
  /\bgithub_pat_\w{22,}/gu,
  /\bglpat-[\w-]{20,}/gu,
  /\bnpm_[A-Za-z0-9]{30,}/gu,
  /\bpypi-[\w-]{30,}/gu,
  /\bdckr_pat_[\w-]{20,}/gu,
  // Models: Anthropic, OpenAI and those that took their form, Hugging Face.
  /\bsk-(?:[a-z]{2,12}-)*[\w-]{20,}/gu,
  /\bhf_[A-Za-z0-9]{30,}/gu,
  // Slack, Stripe, SendGrid, Telegram, Twilio.
  /\bxox[a-z]-[\w-]{10,}/gu,
  /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/gu,
  /\bwhsec_[\w+/=]{20,}/gu,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/gu,
  /\b\d{8,10}:AA[\w-]{33}/gu,
  // JSON web tokens; secret keys of age; bodies of PEM keys, whole or line by line.
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/gu,
  /\bAGE-SECRET-KEY-1[A-Z0-9]{50,}/gu,
  /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)[\w\s+/=\\]{8,}/gu,
  /^(?=[A-Fa-f0-9]{0,64}[G-Zg-z+/])[A-Za-z0-9+/]{64}$/gmu,
  // What stands in addresses, headers and assignments.
  /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"']{0,64}:)(?!\[)[^\s/@"']{1,256}(?=@)/giu,
  /(\b(?:authorization|proxy-authorization)["']?\s{0,3}[:=]\s{0,3}["']?(?:basic|bearer|token)\s{1,3})(?!\[)[^\s"']{6,}/giu,
  /(\bbearer )[\w.~+/-]{16,}=*/giu,
  /((?<![A-Za-z0-9])(?:x-api-key|api[_-]?key|access[_-]?key|secret[_-]?(?:access[_-]?)?key|private[_-]?key|client[_-]?secret|auth[_-]?token|access[_-]?token|refresh[_-]?token|password|passwd|pwd|secret|token)["']?\s{0,3}[:=]\s{0,3}["']?)(?=[^\s"',;]{0,80}\d)[^\s"',;\][(){}<>]{8,}/giu,
  /(\b[A-Z][A-Z0-9_]{0,40}(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY)=["']?)(?!\[)[^\s"';]{6,}/gu,
];

/** Looked for first, since nearly all text has none of it. */
const HINT =
  /[a-z0-9]{2}[-_][\w-]{10}|AKIA|ASIA|ABIA|ACCA|AIza|ya29|eyJ|SG\.|:AA|AGE-|PRIVATE KEY|:\/\/|bearer|authorization|key|secret|token|pass|pwd|Key=/iu;

/** Without the secrets that it shows; the same text where there are none. `values`: what must not be found anywhere, longest first. */
export function withoutSecrets(text: string, values: readonly string[] = []): string {
  let clean = text;
  for (const value of values) if (clean.includes(value)) clean = clean.replaceAll(value, REMOVED);
  if (!HINT.test(clean)) return clean;
  for (const shape of SHAPES)
    clean = clean.replace(shape, (...found: readonly unknown[]) => `${typeof found[1] === "string" ? found[1] : ""}${REMOVED}`);
  return clean;
}

/** Values of an environment that are secrets by their variables' names, longest first. */
export function secretValues(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const values = Object.entries(env).flatMap(([name, value]) => (value !== undefined && SECRET_NAME.test(name) ? [value.trim()] : []));
  // A path or a plain word is what such a variable says where the secret itself is elsewhere.
  const long = values.filter((value) => value.length >= SHORTEST_VALUE && !/^(?:\/|~|\.{1,2}\/|[a-z]+$|true$|false$|\d+$)/iu.test(value));
  return [...new Set(long)].toSorted((a, b) => b.length - a.length);
}

/** Names of things, by which they are found again: a path stays a path, whatever stands in it. */
const IDENTITIES: ReadonlySet<string> = new Set([
  "type",
  "path",
  "file",
  "id",
  "fingerprint",
  "conversation",
  "url",
  "timer",
  "agent",
  "document",
]);

/** A copy of data without secrets in any of its texts; itself where there are none. Keys and names of things stay. */
export function redacted<Value>(value: Value, redact: Redact): Value {
  if (typeof value === "string") return redact(value) as Value;
  if (Array.isArray(value)) {
    const copy = value.map((item: unknown) => redacted(item, redact));
    return copy.some((item, index) => item !== value[index]) ? (copy as Value) : value;
  }
  if (typeof value !== "object" || value === null) return value;
  let copy: Record<string, unknown> | null = null;
  for (const [key, item] of Object.entries(value)) {
    const clean = IDENTITIES.has(key) ? (item as unknown) : redacted(item as unknown, redact);
    if (clean !== item) copy = { ...(copy ?? value), [key]: clean };
  }
  return (copy as Value | null) ?? value;
}
