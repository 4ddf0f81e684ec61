/** Where a path leads that may not exist yet. */
import { lstatSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * The absolute path with the links of its existing part followed; null when it cannot be known: it runs into a link that leads
 * nowhere (whoever writes there follows it), or into a folder that may not be read.
 */
export function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || exists(path)) return null;
    const folder = dirname(path);
    if (folder === path) return null;
    const above = realPath(folder);
    return above === null ? null : join(above, basename(path));
  }
}

/** Whether there is something of that name, be it a link that leads nowhere. */
function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
}
