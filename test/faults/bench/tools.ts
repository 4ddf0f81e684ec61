/** Programs that inject faults. CI and every Debian machine can have them; a test that cannot run must not pass in silence. */
import { spawnSync } from "node:child_process";

const PACKAGES: Readonly<Record<string, string>> = {
  strace: "strace",
  faketime: "faketime",
  unshare: "util-linux",
  prlimit: "util-linux",
  setpriv: "util-linux",
};

/** Installs the program from the system's own packages where that is missing and we are root. Throws with what to do otherwise. */
export function needsTool(name: keyof typeof PACKAGES): void {
  if (has(name)) return;
  const pack = PACKAGES[name] ?? name;
  if (process.getuid?.() === 0) {
    spawnSync("apt-get", ["update"], { stdio: "ignore" });
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", pack], {
      stdio: "ignore",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  }
  if (!has(name))
    throw new Error(`this fault is injected with ${name}, which is not here: install the Debian package ${pack}, or run as root`);
}

function has(name: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;
}
