/** A file system of a few megabytes, to be filled. Needs the right to mount: root, as CI is. */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface SmallDisk extends Disposable {
  readonly path: string;
  /** Takes all the room there is, to the last byte. */
  fill(): void;
  free(): void;
}

/** Throws an Error that says what is missing where it cannot be made: a test that cannot run must not pass. */
export function smallDisk(path: string, megabytes: number): SmallDisk {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  mount(["-t", "tmpfs", "-o", `size=${megabytes}m,mode=700`, "none", path]);
  const ballast = join(path, ".ballast");
  return {
    path,
    fill() {
      const { bavail, bsize } = statfsSync(path);
      try {
        writeFileSync(ballast, Buffer.alloc(bavail * bsize + bsize));
      } catch {
        // As much as there was room for.
      }
    },
    free: () => rmSync(ballast, { force: true }),

    // Lazily: a program that is still ending may have a file open.
    [Symbol.dispose]: () => void spawnSync("umount", ["-l", path]),
  };
}

function mount(args: readonly string[]): void {
  const { status, stderr } = spawnSync("mount", args, { encoding: "utf8" });
  if (status !== 0)
    throw new Error(`this test needs to mount a small disk, for which it must be root with CAP_SYS_ADMIN: mount: ${stderr}`);
}
