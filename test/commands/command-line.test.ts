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

  test.each([
    ["run", "marathon run: <plan> is missing: marathon run [options] <plan...>\n(marathon run --help tells what it takes)\n"],
    ["screen 11", 'marathon screen: "11": terminals are numbered 1 to 10\n'],
    ["run --speed x p.md", "marathon run: --speed x: a number above 0 is needed\n"],
    ["block 3", "marathon block: --reason <text> is missing: marathon block [options] <task>\n"],
    ["run --speed", "marathon run: --speed <n>: the part behind it is missing\n"],
    ["wait --until foo", "marathon wait: --until foo: choose one of done, blocked, asking, idle, settled\n"],
    ["status --jsn", "marathon status: there is no option --jsn (Did you mean --json?)\n"],
    ["stop all now", "marathon stop: it takes fewer words than all, now\n"],
    ["plan whatif", "marathon plan: there is no command whatif (Did you mean what-if?)\n"],
    ["bogus", "marathon: there is no command bogus\n(marathon --help lists the commands)\n"],
  ])("refuses `%s` in the words of the rest of the program", async (line, said) => {
    const { code, text } = await says(...line.split(" "));
    expect(code).toBe(2);
    expect(text).toContain(said);
  });

  test("helps with a command that is asked for by `help`, and refuses what it does not know", async () => {
    expect((await says("help", "check")).text).toContain("Usage: marathon check");
    expect(await says("chek")).toMatchObject({ code: 2, text: expect.stringContaining("Did you mean check?") as string });
  });
});
