/** What a dashboard is told about a pane besides its rows. */
import type { PaneModes, ServerMessage } from "../protocol/messages.ts";
import type { Screen } from "../screen/screen.ts";

/** `scroll`: as the dashboard asked for it. */
export function paneMessage(
  host: { readonly terminal: number; readonly screen: Screen; readonly modes: PaneModes },
  scroll: number,
): ServerMessage {
  const { terminal, screen, modes } = host;
  return {
    type: "pane",
    terminal,
    modes,
    title: screen.title,
    cols: screen.cols,
    rows: screen.rows,
    scrollback: screen.scrollbackLength,
    scroll,
  };
}

/** Whether the viewers need not be told. That the cursor is seen comes with the rows: full-screen programs switch it with every frame. */
export function sameModes(left: PaneModes, right: PaneModes): boolean {
  for (const name in left) {
    const key = name as keyof PaneModes;
    if (key !== "cursorVisible" && left[key] !== right[key]) return false;
  }
  return true;
}
