/** Permissions say nothing to root, and CI runs as root: what is about them is tested as somebody else. */
import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

/** `nobody` on most systems; it need not exist. */
const NOBODY = 65_534;

/** A new folder in /tmp that every user can reach (TMPDIR may be closed to others), removed after `act`. */
export async function asOrdinaryUser(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join("/tmp", "marathon-user-"));
  const root = process.geteuid?.() === 0;
  if (root) chownSync(folder, NOBODY, NOBODY);
  // The effective user counts for files, in all threads of the process; the real one stays, so that the way back is open.
  if (root) process.seteuid?.(NOBODY);
  try {
    await act(folder);
  } finally {
    if (root) process.seteuid?.(0);
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true, force: true });
  }
}
