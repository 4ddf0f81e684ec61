import { scratchFiles } from "../views/scratchpad.ts";
import type { ActionParts } from "./create.ts";

/** Reads the selected scratchpad file; what comes back after another one was selected is dropped. */
export function fileOpener(parts: ActionParts): () => void {
  const { view } = parts.stores;
  return () => {
    const frame = parts.screen.frame();
    const file = scratchFiles(frame.marathon.state?.files)[frame.view.selected.scratchpad];
    if (file === undefined) return view.setState({ file: null, fileScroll: 0 });
    const { path } = file;
    const show = (lines: readonly string[] | null, error: string | null) => {
      if (view.getState().file?.path === path) view.setState({ file: { path, lines, error } });
    };
    view.setState((now) => (now.file?.path === path ? now : { file: { path, lines: null, error: null }, fileScroll: 0 }));
    parts.readFile(path).then(
      (text) => show(text.split(/\r?\n/u), null),
      (error: unknown) => show(null, `reading ${path} failed: ${error instanceof Error ? error.message : String(error)}`),
    );
  };
}
