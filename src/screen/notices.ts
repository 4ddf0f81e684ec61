/** What programs tell a person outside of their screen: notifications (OSC 9, 99, 777) and progress (OSC 9;4). */
import { plainText } from "./plain-text.ts";

export type Notice =
  | {
      readonly kind: "notification";
      readonly source: "osc-9" | "osc-99" | "osc-777" | "osc-52";
      readonly title: string;
      readonly text: string;
    }
  /** `percent` is null for a progress without measure. */
  | {
      readonly kind: "progress";
      readonly state: "none" | "normal" | "error" | "indeterminate" | "paused";
      readonly percent: number | null;
    };

const MAX_TITLE = 120;
const MAX_TEXT = 500;

/** OSC 9: a text (iTerm2), or `4;state;percent` (ConEmu). Other numbered forms of ConEmu mean nothing here. */
export function parseOsc9(data: string): Notice | null {
  const progress = /^4;([0-4])(?:;(\d{0,3}))?;?$/u.exec(data.slice(0, 16));
  if (progress) {
    const state = (["none", "normal", "error", "indeterminate", "paused"] as const)[Number(progress[1])] ?? "none";
    const measured = state !== "none" && state !== "indeterminate" && (progress[2] ?? "") !== "";
    return { kind: "progress", state, percent: measured ? Math.min(100, Number(progress[2])) : null };
  }
  if (/^\d{1,2}(?:;|$)/u.test(data)) return null;
  return notification("osc-9", "", data);
}

/** OSC 777: `notify;title;text` (urxvt). */
export function parseOsc777(data: string): Notice | null {
  const [name, title = "", ...text] = data.slice(0, 8 * MAX_TEXT).split(";");
  return name === "notify" ? notification("osc-777", title, text.join(";")) : null;
}

/** OSC 99 (kitty): `metadata;payload`. Queries, icons and parts of a longer message are left out. */
export function parseOsc99(data: string): Notice | null {
  const separator = data.indexOf(";");
  if (separator < 0) return null;
  const metadata = new Map(
    data
      .slice(0, separator)
      .split(":", 16)
      .map((entry) => [entry.slice(0, 1), entry.slice(2)]),
  );
  const part = metadata.get("p") ?? "title";
  if (part !== "title" && part !== "body") return null;
  const payload = data.slice(separator + 1, separator + 1 + 4 * MAX_TEXT);
  const text = metadata.get("e") === "1" ? Buffer.from(payload, "base64").toString("utf8") : payload;
  return part === "title" ? notification("osc-99", text, "") : notification("osc-99", "", text);
}

function notification(source: "osc-9" | "osc-99" | "osc-777", title: string, text: string): Notice | null {
  const notice = { kind: "notification", source, title: plainText(title, MAX_TITLE), text: plainText(text, MAX_TEXT) } as const;
  return notice.title === "" && notice.text === "" ? null : notice;
}
