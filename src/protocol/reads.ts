/**
 * Sockets that hand over what they read without a stream in between: of a process that reads seven bytes and answers, the machinery of
 * Node.js' readable streams is two fifths of the CPU time, and a key and its echo pass four such ends (test/bench/NOTES.md). `net` has an
 * option for it, `onread`, but not for sockets that it makes itself: those that a server accepts, and pipes to child processes.
 */
import { connect, Socket, type SocketConstructorOpts } from "node:net";

/** Every socket is read into this, then what came is copied: a buffer for each read would be most of what is collected as garbage. */
const ROOM = Buffer.allocUnsafeSlow(64 * 1024);

/** Takes what came, all of it, in order. The bytes are its own. */
export type Take = (bytes: Buffer) => void;

/** For the constructors of sockets and terminals: what is read is given to `take`, and no `data` event tells of it. */
export function readingBy(take: Take): Required<Pick<SocketConstructorOpts, "onread">> {
  return {
    onread: {
      buffer: ROOM,
      callback: (length, buffer) => {
        take(Buffer.from(buffer.subarray(0, length)));
        return true;
      },
    },
  };
}

export function connectReading(path: string, take: Take): Socket {
  return connect({ path, ...readingBy(take) });
}

/**
 * A socket in the place of one that Node.js has just made and from which nobody has read. That one is not to be used any more. What it
 * stands on has no public name; should a Node.js call it otherwise, the socket itself is read, as a stream.
 */
export function instead(made: Socket, take: Take): Socket {
  const inner = made as unknown as { _handle?: object | null };
  const handle = inner._handle ?? null;
  if (handle === null) return made.on("data", take).resume();
  inner._handle = null;
  return new Socket({ handle, ...readingBy(take) } as SocketConstructorOpts);
}
