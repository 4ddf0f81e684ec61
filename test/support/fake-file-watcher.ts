/** A watcher that sees only what a test tells it to see. */
import type { FileWatcher, FileWatcherEvents, WatchFolder } from "../../src/engine/file-watcher.ts";

export class FakeFileWatcher {
  /** Folders that were asked for, in order. */
  readonly asked: string[] = [];
  /** Those that are still watched. */
  readonly open = new Map<string, FileWatcherEvents>();

  readonly watch: WatchFolder = (folder, events): FileWatcher => {
    this.asked.push(folder);
    this.open.set(folder, events);
    return {
      close: () => {
        this.open.delete(folder);
        return Promise.resolve();
      },
    };
  };

  touch(path: string): void {
    for (const events of this.open.values()) events.touched(path);
  }

  /** As when the system has no watches left. */
  fail(code: string): void {
    for (const events of this.open.values()) events.failed(Object.assign(new Error(code), { code }));
  }
}
