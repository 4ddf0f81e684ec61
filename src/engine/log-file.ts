/** The engine's own log: bounded, closed to others, and never a reason to fail. */
import { closeSync, fstatSync, openSync, renameSync, writeSync } from "node:fs";

export interface LogFile {
  /** One entry, with the time before it. Takes text only, so that no object with an environment in it gets here by accident. */
  write(text: string): void;
  close(): void;
}

export interface LogFileOptions {
  /** At this size the file is renamed to `<path>.1`, replacing the one before; bytes. */
  readonly maxBytes?: number;
  readonly now?: () => Date;
}

const MAX_BYTES = 4 * 1024 * 1024;
/** A longer entry is cut, characters: a stack trace with half a screen in its message is no help. */
const MAX_ENTRY = 8000;

/** Opens a log for appending (0600). A disk that is full or gone costs entries, nothing else. */
export function openLogFile(path: string, options: LogFileOptions = {}): LogFile {
  const now = options.now ?? (() => new Date());
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  let file = openForAppend(path);
  return {
    write(text) {
      const entry = text.length > MAX_ENTRY ? `${text.slice(0, MAX_ENTRY)} … (${text.length - MAX_ENTRY} more characters)` : text;
      const bytes = Buffer.from(`${now().toISOString()} ${printable(entry)}\n`, "utf8");
      if (file && file.size > 0 && file.size + bytes.length > maxBytes) file = rotate(path, file);
      file ??= openForAppend(path);
      if (!file) return;
      try {
        file.size += writeSync(file.fd, bytes);
      } catch {
        // There is nobody left to tell.
      }
    },
    close() {
      if (file) close(file);
      file = null;
    },
  };
}

interface OpenFile {
  readonly fd: number;
  size: number;
}

function rotate(path: string, file: OpenFile): OpenFile | null {
  close(file);
  try {
    renameSync(path, `${path}.1`);
  } catch {
    // It was removed or cannot be renamed; a new or the same file is opened.
  }
  return openForAppend(path);
}

function openForAppend(path: string): OpenFile | null {
  try {
    const fd = openSync(path, "a", 0o600);
    return { fd, size: fstatSync(fd).size };
  } catch {
    return null;
  }
}

function close(file: OpenFile): void {
  try {
    closeSync(file.fd);
  } catch {
    // Closed is closed.
  }
}

/** Text from agents may hold escape sequences, and logs are read in terminals. Lines after the first are indented. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "\ufffd").replaceAll("\n", "\n    ");
}
