import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redacted, secretValues, withoutSecrets } from "../../src/marathon/secrets.ts";

/** Made up here, in the forms that issuers use; put together so that no scanner takes this file for a leak. */
const A = "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t0";
const SECRETS: readonly (readonly [string, string, string])[] = [
  ["a cloud key id", `key ${"AKIA"}ABCDEFGHIJKLMNOP`, "key [secret removed]"],
  ["a cloud secret", `aws_secret_access_key = ${A}`, "aws_secret_access_key = [secret removed]"],
  ["a code host's token", `remote: ${"ghp"}_${A} denied`, "remote: [secret removed] denied"],
  ["a fine-grained one", `${"github"}_pat_${A}`, "[secret removed]"],
  ["a registry's token", `//r.example/:_authToken=${"npm"}_${A}`, "//r.example/:_authToken=[secret removed]"],
  ["a model's key", `Invalid key ${"sk"}-ant-api03-${A}.`, "Invalid key [secret removed]."],
  ["another's", `${"sk"}-proj-${A}`, "[secret removed]"],
  ["a chat's token", `${"xoxb"}-123456789012-${A}`, "[secret removed]"],
  ["a payment key", `${"sk"}_live_${A}`, "[secret removed]"],
  ["a web token", `got ${"eyJ"}hbGciOiJIUzI1NiJ9.${"eyJ"}zdWIiOiIxMjM0NTY3ODkwIn0.abc-DEF_123 back`, "got [secret removed] back"],
  [
    "a private key on one line",
    `-----BEGIN RSA PRIVATE KEY----- ${A}${A} -----END RSA PRIVATE KEY-----`,
    "-----BEGIN RSA PRIVATE KEY-----[secret removed]-----END RSA PRIVATE KEY-----",
  ],
  [
    "a password in an address",
    "cannot reach postgres://app:hunter2@db.example.com/app",
    "cannot reach postgres://app:[secret removed]@db.example.com/app",
  ],
  ["a header", "> Authorization: Bearer abcdef123456", "> Authorization: Bearer [secret removed]"],
  ["a variable that is printed", "DEPLOY_TOKEN=correct-horse", "DEPLOY_TOKEN=[secret removed]"],
  ["a field of JSON", '{"password": "tr0ub4dor&3", "user": "me"}', '{"password": "[secret removed]", "user": "me"}'],
];

const HARMLESS = [
  "tokens: 123456 of 200000 used",
  "the token is missing; set a secret first",
  "password: required",
  "src/secrets.ts:14:3 error: cannot find name 'token'",
  "see https://example.com/a:b and http://127.0.0.1:8080/path",
  "sk-learn is not installed; task-12-of-the-long-list-of-tasks-in-this-plan",
  "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  "commit 3f786850e387550fdab836ed7e6dc881de23001b",
  "estimate: 45m, passed 12 of 12, key: value",
  "monkey-patched-module-with-a-very-long-name failed",
];

describe("secrets", () => {
  test.each(SECRETS)("%s is removed, and the words around it stay", (_name, text, clean) => {
    expect(withoutSecrets(text)).toBe(clean);
  });

  test.each(HARMLESS)("harmless text stays as it is: %s", (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });

  test("values of variables that are named like secrets are found anywhere, the longest first", () => {
    const values = secretValues({
      DEPLOY_PASSWORD: "battery staple",
      MY_TOKEN: "battery staple and more",
      SSH_AUTH_SOCK: "/run/agent.sock",
      GITHUB_TOKEN_FILE: "/run/secrets/token",
      AUTH_TOKEN: "/run/secrets/token",
      API_KEY: "short",
      USE_TOKEN: "disabled",
      HOME: "/home/me",
    });
    expect(values).toEqual(["battery staple and more", "battery staple"]);
    expect(withoutSecrets("it said battery staple and more, then battery staple.", values)).toBe(
      "it said [secret removed], then [secret removed].",
    );
  });

  test("data keeps its form, its names, and itself where nothing is to be removed", () => {
    const harmless = { type: "x", list: [1, "two", null], inner: { path: "/a" } };
    expect(redacted(harmless, (text) => withoutSecrets(text))).toBe(harmless);
    const path = `/p/${"ghp"}_${A}`;
    expect(redacted({ path, list: [{ line: `a ${"ghp"}_${A}` }], n: 1 }, (text) => withoutSecrets(text))).toEqual({
      path,
      list: [{ line: "a [secret removed]" }],
      n: 1,
    });
  });

  test("the same is removed at once as in two goes, and nothing is added to what is clean", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom(...SECRETS.map(([, text]) => text), ...HARMLESS)), { maxLength: 6 }),
        (parts) => {
          const once = withoutSecrets(parts.join(" "));
          expect(withoutSecrets(once)).toBe(once);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    ["one endless word", "a".repeat(200_000)],
    ["one endless token", `${"ghp"}_${"a".repeat(200_000)}`],
    ["assignments", "password=".repeat(20_000)],
    ["addresses", "a://b:".repeat(30_000)],
    ["headers", "authorization: bearer ".repeat(9_000)],
    ["dashes", "sk-ab-".repeat(30_000)],
    ["begun keys", "-----BEGIN PRIVATE KEY-----".repeat(7_000)],
    ["web tokens", "eyJaaaaaaaaa.".repeat(15_000)],
    ["blanks", `token${" ".repeat(200_000)}=`],
  ])("hostile text of 2 MB is read through before anybody gives up, as it would not be in squared time: %s", (_name, part) => {
    expect(withoutSecrets(part.repeat(10)).length).toBeGreaterThan(0);
  });
});
