/** Whether an error of the file system means that there is no room: the disk's, or this user's share of it. */
import { constants } from "node:os";

/** Node.js has no name for a used-up quota: it comes as UNKNOWN, with the system's own number. */
export function isFull({ code, errno }: NodeJS.ErrnoException): boolean {
  return code === "ENOSPC" || code === "EDQUOT" || (errno !== undefined && Math.abs(errno) === constants.errno.EDQUOT);
}
