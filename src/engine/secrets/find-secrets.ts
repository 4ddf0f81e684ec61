/** What looks like a secret in a text, by the rules of secretlint: tokens of known shapes, private keys, passwords in addresses. */
import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";

export interface FoundSecret {
  /** What it is, in words: "github", "privatekey". */
  readonly rule: string;
  readonly line: number;
  /** The secret itself: never to be shown, written or sent. */
  readonly text: string;
}

/** More than this is no text that people or agents write, UTF-16 units. */
const MOST = 4 * 1024 * 1024;

/** `name`: where the text comes from; only its ending counts. */
export async function findSecrets(text: string, name: string): Promise<readonly FoundSecret[]> {
  if (text.length > MOST) return [];
  const extension = /\.[A-Za-z0-9]{1,8}$/u.exec(name)?.[0] ?? ".txt";
  const { messages } = await lintSource({
    source: { content: text, filePath: `text${extension}`, ext: extension, contentType: "text" },
    options: { config: { rules: [{ id: "recommended", rule: creator }] }, noPhysicFilePath: true },
  });
  return messages.map(({ ruleId, range, loc }) => ({
    rule: ruleId.replace(/^@secretlint\/secretlint-rule-/u, ""),
    line: loc.start.line,
    text: text.slice(range[0], range[1]),
  }));
}
