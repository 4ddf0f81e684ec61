import { spawnSync } from "node:child_process";
import { chmodSync, lstatSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { workplace, type Workplace } from "../support/marathon-run.ts";

const NOBODY = 65_534;
const PLAN = '# Ours\n\n| # | Task | Run |\n|---|---|---|\n| 1 | Ask | `read -p "Secret? " x` |\n';

/** What another user gets who runs this script with the path as its argument. */
function asNobody(script: string, path: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", script, path], {
    uid: NOBODY,
    gid: NOBODY,
    encoding: "utf8",
    cwd: "/",
    env: {},
  });
  return stdout + stderr;
}

const CONNECT = `const s = require("net").connect(process.argv[1]);
s.on("connect", () => { console.log("CONNECTED"); process.exit(); }).on("error", (e) => console.log(e.code));`;
const READ = `try { require("fs").readdirSync(process.argv[1]); console.log("READ"); } catch (e) { console.log(e.code); }`;

function everything(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
}

async function running(place: Workplace): Promise<{ readonly socket: string; readonly journal: string; readonly state: string }> {
  place.file("plan.md", PLAN);
  expect((await place.run(["run", "plan.md", "--headless"])).code).toBe(0);
  const { engine, journal } = await place.json(["status"]);
  return { socket: engine.socket, journal, state: place.home.env["XDG_STATE_HOME"] ?? "" };
}

it("everything that we keep is closed to group and others, whatever the umask", async () => {
  await using place = workplace();
  const before = process.umask(0);
  const { socket, state } = await running(place);
  process.umask(before);
  expect((await place.run(["wait", "--until", "asking", "--timeout", "90"])).code).toBe(0);
  const paths = [...everything(join(state, "marathon")), join(state, "marathon"), socket, dirname(socket)];
  expect(paths.length).toBeGreaterThan(8);
  expect(paths.filter((path) => (lstatSync(path).mode & 0o077) !== 0)).toEqual([]);
});

it.skipIf(process.getuid?.() !== 0)("another user can neither connect nor read, also where the folders above stand open", async () => {
  await using place = workplace();
  // Without this nobody could even get as far as our own folders.
  for (const path of [place.home.folder, place.home.env["XDG_RUNTIME_DIR"], place.home.env["XDG_STATE_HOME"]]) chmodSync(path ?? "", 0o777);
  const { socket, journal } = await running(place);
  expect(asNobody(CONNECT, socket).trim()).toBe("EACCES");
  expect(asNobody(READ, journal).trim()).toBe("EACCES");
  chmodSync(dirname(socket), 0o777);
  expect(asNobody(CONNECT, socket).trim()).toBe("EACCES");
  // A folder in which somebody could have put a socket of their own is not used again.
  await place.run(["stop", "--now"]);
  const again = await place.run(["run", "plan.md", "--headless"]);
  expect(again.code).toBe(1);
  expect(again.stderr).toContain("chmod 700");
  expect(statSync(dirname(socket)).mode & 0o777).toBe(0o777);
});

it("a runtime folder of somebody else is not used, and a path that is too long for a socket has another place", async () => {
  await using place = workplace();
  place.file("plan.md", PLAN);
  const file = join(place.home.folder, "file");
  writeFileSync(file, "");
  const long = join(place.home.folder, "l".repeat(90));
  for (const XDG_RUNTIME_DIR of [file, "relative", long, ""]) {
    const env = { XDG_RUNTIME_DIR };
    const ran = await place.run(["run", "plan.md", "--headless"], { env });
    expect(ran.code).toBe(0);
    const socket = /^socket (.+)$/m.exec(ran.stdout)?.[1] ?? "";
    expect(Buffer.byteLength(socket)).toBeLessThan(104);
    expect(lstatSync(dirname(socket)).mode & 0o077).toBe(0);
    expect((await place.run(["stop", "--now"], { env })).code).toBe(0);
  }
});
