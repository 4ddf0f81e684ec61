import { chmodSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  marathonPaths,
  PathError,
  prepareMarathon,
  preparePaths,
  readCurrent,
  safeName,
  SOCKET_BYTES,
  writeCurrent,
} from "../../src/engine/paths.ts";
import { temporaryFolder } from "./folder.ts";

function home(): { readonly folder: string; readonly project: string; readonly env: Record<string, string> } {
  const folder = temporaryFolder();
  const project = join(folder, "My Projekt é\n!");
  const runtime = join(folder, "run");
  mkdirSync(project);
  mkdirSync(runtime, { mode: 0o700 });
  return { folder, project, env: { HOME: folder, XDG_RUNTIME_DIR: runtime } };
}

describe("a project's paths", () => {
  test("follow XDG, with the name of the project and a hash", () => {
    const { folder, project, env } = home();
    const paths = marathonPaths(project, env);
    expect(paths.folder).toMatch(new RegExp(`^${folder}/\\.local/state/marathon/my-projekt-[0-9a-f]{16}$`));
    expect(paths.socketFolder).toBe(join(folder, "run", "marathon"));
    expect(marathonPaths(project, { ...env, XDG_STATE_HOME: "/var/state" }).folder).toMatch(/^\/var\/state\/marathon\/my-projekt-/);
    expect(marathonPaths(project, { ...env, XDG_STATE_HOME: "relative/is/ignored" }).folder).toBe(paths.folder);
  });

  test("are the same through a link, and others for a project of the same name elsewhere", () => {
    const { folder, project, env } = home();
    symlinkSync(project, join(folder, "link"));
    mkdirSync(join(folder, "other", "My Projekt é\n!"), { recursive: true });
    expect(marathonPaths(join(folder, "link"), env).folder).toBe(marathonPaths(project, env).folder);
    expect(marathonPaths(join(folder, "other", "My Projekt é\n!"), env).folder).not.toBe(marathonPaths(project, env).folder);
  });

  test("create nothing until asked, and then close it to others", () => {
    const { project, env, folder } = home();
    const paths = marathonPaths(project, env);
    const marathon = paths.marathon("m1");
    expect(statSync(join(folder, ".local"), { throwIfNoEntry: false })).toBeUndefined();
    const umask = process.umask(0);
    preparePaths(paths);
    prepareMarathon(marathon);
    process.umask(umask);
    for (const made of [paths.folder, paths.socketFolder, marathon.folder, marathon.journal, marathon.assignments, marathon.logs]) {
      expect(statSync(made).mode & 0o777, made).toBe(0o700);
    }
  });

  test("keep the socket short enough however long the runtime folder is, or whether there is one", () => {
    const { project, env, folder } = home();
    const long = join(folder, "x".repeat(120));
    mkdirSync(long);
    for (const runtime of [long, join(folder, "missing"), "relative", undefined]) {
      const paths = marathonPaths(project, { ...env, XDG_RUNTIME_DIR: runtime, TMPDIR: long });
      expect(paths.socketFolder).toBe(`/tmp/marathon-${process.getuid?.()}`);
      expect(Buffer.byteLength(paths.socket)).toBeLessThanOrEqual(SOCKET_BYTES);
    }
    expect(marathonPaths(project, { HOME: folder, TMPDIR: folder }).socketFolder).toBe(join(folder, `marathon-${process.getuid?.()}`));
  });

  test("refuse a socket folder that stands open, that is a link, or that is somebody else's", () => {
    const { project, env, folder } = home();
    const paths = marathonPaths(project, env);
    mkdirSync(paths.socketFolder);
    chmodSync(paths.socketFolder, 0o755);
    expect(() => preparePaths(paths)).toThrow("open to others (mode 755)");
    rmSync(paths.socketFolder, { recursive: true });
    mkdirSync(join(folder, "elsewhere"), { mode: 0o700 });
    symlinkSync(join(folder, "elsewhere"), paths.socketFolder);
    expect(() => preparePaths(paths)).toThrow("not a folder of yours");
  });

  test("say what to do when there is no home, no project, or no room to write", () => {
    const { project, folder } = home();
    expect(() => marathonPaths(project, {})).toThrow("HOME is not set");
    expect(() => marathonPaths(join(folder, "none"), { HOME: folder })).toThrow(PathError);
    writeFileSync(join(folder, ".local"), "a file in the way");
    const blocked = marathonPaths(project, { HOME: folder });
    expect(() => preparePaths(blocked)).toThrow("set XDG_STATE_HOME to a folder of yours");
  });

  test("remember the newest marathon as long as it is there", () => {
    const { project, env } = home();
    const paths = marathonPaths(project, env);
    preparePaths(paths);
    expect(readCurrent(paths)).toBeNull();
    writeCurrent(paths, "m1");
    expect(readCurrent(paths)).toBeNull();
    prepareMarathon(paths.marathon("m1"));
    expect(readCurrent(paths)).toBe("m1");
  });

  test("are safe file names for any id, different for different ids, and plain ones are kept", () => {
    expect(safeName("m-2024.01_a")).toBe("m-2024.01_a");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (one, two) => {
        expect(safeName(one)).toMatch(/^[a-z0-9][a-z0-9._-]{0,79}$/);
        expect(safeName(one) === safeName(two)).toBe(one === two);
      }),
    );
    expect(safeName("..")).not.toContain("..");
    expect(safeName("A")).not.toBe(safeName("a"));
  });
});
