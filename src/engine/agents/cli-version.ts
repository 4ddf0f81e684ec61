/** Which version of a CLI is installed: found out by asking it, since people must know it before they trust its flags. */
import { execFile } from "node:child_process";

/** A CLI that needs longer to say its version says none, ms. */
const PATIENCE_MS = 15_000;

/** The version that a program tells, "2.1.329"; null when it tells none in time. Never rejects. */
export function versionOf(file: string): Promise<string | null> {
  return new Promise((resolve) => {
    const child = execFile(file, ["--version"], { timeout: PATIENCE_MS, killSignal: "SIGKILL", maxBuffer: 64 * 1024 }, (_error, stdout) =>
      resolve(versionIn(stdout)),
    );
    child.stdin?.end();
  });
}

/** The first version in a text. */
export function versionIn(text: string): string | null {
  return /(?<![\d.])\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?/u.exec(text)?.[0] ?? null;
}

/** Whether a version is below another; what stands behind a hyphen comes before the same without. */
export function isOlder(version: string, than: string): boolean {
  const [a, b] = [partsOf(version), partsOf(than)];
  for (let index = 0; index < 3; index++) if ((a[index] ?? 0) !== (b[index] ?? 0)) return (a[index] ?? 0) < (b[index] ?? 0);
  return version.includes("-") && !than.includes("-");
}

function partsOf(version: string): readonly number[] {
  return (version.split("-")[0] ?? "").split(".").map(Number);
}
