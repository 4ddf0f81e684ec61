import { afterEach, describe, expect, test, vi } from "vitest";
import { main } from "../../src/cli.ts";

/** What the program prints for this command line, and its exit code. */
async function says(...argv: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  let text = "";
  const take = (chunk: string | Uint8Array) => {
    text += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(take as typeof process.stdout.write);
  vi.spyOn(process.stderr, "write").mockImplementation(take as typeof process.stderr.write);
  const code = await main(argv);
  vi.restoreAllMocks();
  return { code, text };
}

afterEach(() => vi.restoreAllMocks());

describe("the command line", () => {
  test("knows by its first word alone each command that --help lists", async () => {
    const { text } = await says("--help");
    const names = [...text.slice(text.indexOf("Commands:")).matchAll(/^ {2}([a-z][a-z-]*)/gmu)].map(([, name = ""]) => name);
    expect(names.length).toBeGreaterThan(25);
    for (const name of names.filter((one) => one !== "help")) {
      const help = await says(name, "--help");
      expect([name, help.code]).toEqual([name, 0]);
      expect(help.text).toContain(`Usage: marathon ${name}`);
    }
  });

  test("points to the page of the command whose arguments are wrong", async () => {
    expect(await says("check")).toMatchObject({ code: 2, text: expect.stringContaining("(marathon check --help ") as string });
    expect(await says("plan", "what-if", "--terminals", "x")).toMatchObject({
      code: 2,
      text: expect.stringContaining("(marathon plan what-if --help ") as string,
    });
  });

  test("helps with a command that is asked for by `help`, and refuses what it does not know", async () => {
    expect((await says("help", "check")).text).toContain("Usage: marathon check");
    expect(await says("chek")).toMatchObject({ code: 2, text: expect.stringContaining("Did you mean check?") as string });
  });
});
