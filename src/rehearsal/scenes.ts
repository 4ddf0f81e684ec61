/** How single things look while they happen: spinners, streaming text, tool calls, diffs, a full-screen view. */
import type { Beat } from "./beats.ts";
import type { Stage } from "./stage.ts";
import type { Subject } from "./subject.ts";
import { paint, wrap } from "./surface.ts";

/** Frames of a spinner, and how long each is shown, real ms. */
const SPINNER = ["·", "✢", "✳", "✶", "✻", "✽", "✻", "✶", "✳", "✢"];
const FRAME_MS = 120;
/** Widest text, cells: longer lines are hard to read. */
const TEXT_CELLS = 96;

/** Shows one beat for so many real ms. `since` is when the task began (performance.now()). */
export async function playBeat(stage: Stage, beat: Beat, ms: number, since: number, signal: AbortSignal): Promise<undefined> {
  if (beat.kind === "think") {
    await spin(stage, `${beat.verb}…`, ms, since, signal);
    stage.show([]);
  } else if (beat.kind === "text") {
    await stream(stage, beat.text, ms, signal);
  } else if (beat.kind === "tool") {
    await spin(stage, `${beat.name}(${beat.argument})`, ms, since, signal);
    stage.show([]);
    stage.say([`${paint.green("⏺")} ${paint.bold(beat.name)}(${beat.argument})`, ...underneath(beat.output), ""]);
  } else {
    await spin(stage, `Editing ${beat.file}…`, ms, since, signal);
    stage.show([]);
    stage.say(diff(beat));
  }
  return undefined;
}

/** A view over the whole alternate screen, as agents open for a review. */
export async function playFullScreen(stage: Stage, subject: Subject, ms: number, signal: AbortSignal): Promise<undefined> {
  const { surface } = stage;
  const picture = (share: number): readonly string[] => {
    const height = surface.rows - 5;
    const rows = Array.from({ length: Math.max(1, height) }, (_, index) => {
      const line = Math.floor(share * 40) + index;
      const text = `${String(line + 1).padStart(4)}  ${line % 7 === 3 ? `+ ${subject.symbol}(${line})` : `  ${subject.symbol}_${line}`}`;
      return line % 7 === 3 ? paint.green(text) : paint.dim(text);
    });
    const filled = Math.round(share * 30);
    return [
      paint.bold(`Review of ${subject.file}`),
      paint.cyan("─".repeat(surface.columns - 1)),
      ...rows,
      "",
      `${"█".repeat(filled)}${"░".repeat(30 - filled)} ${Math.round(share * 100)}%   esc to interrupt`,
    ];
  };
  await frames(stage, ms, signal, (share) => surface.full(() => picture(share)));
  surface.leaveFull();
  return undefined;
}

async function spin(stage: Stage, text: string, ms: number, since: number, signal: AbortSignal): Promise<void> {
  let frame = 0;
  await frames(stage, ms, signal, () => {
    const seconds = stage.pace.seconds(performance.now() - since);
    const sign = SPINNER[frame++ % SPINNER.length] ?? "*";
    stage.show([`${paint.orange(`${sign} ${text}`)} ${paint.dim(`(${clock(seconds)} · esc to interrupt)`)}`]);
  });
}

/** Words appear one after another, as a model writes them. */
async function stream(stage: Stage, text: string, ms: number, signal: AbortSignal): Promise<void> {
  const words = text.split(" ");
  const onLines = (part: string): readonly string[] => bulleted(wrap(part, Math.min(TEXT_CELLS, stage.surface.columns - 4)));
  await frames(stage, ms, signal, (share) => {
    const so = words.slice(0, Math.max(1, Math.ceil(share * words.length))).join(" ");
    stage.show(() => onLines(so));
  });
  stage.show([]);
  stage.say(() => [...onLines(text), ""]);
}

/** Draws now, and again every frame until the time is over; a short time is one frame. */
async function frames(stage: Stage, ms: number, signal: AbortSignal, draw: (share: number) => void): Promise<void> {
  // Frames are counted, not clocked, so that time spent paused does not count.
  const count = Math.max(1, Math.round(ms / FRAME_MS));
  for (let frame = 0; frame < count; frame++) {
    if (!stage.pace.paused) draw(frame / count);
    await stage.pace.sleep(ms / count, signal);
  }
}

function bulleted(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `${index === 0 ? "●" : " "} ${line}`);
}

function underneath(lines: readonly string[]): readonly string[] {
  return lines.map(
    (line, index) => `  ${paint.dim(index === 0 ? "⎿" : " ")}  ${/^FAILED|failed/.test(line) ? paint.red(line) : paint.dim(line)}`,
  );
}

function diff(beat: Extract<Beat, { kind: "diff" }>): readonly string[] {
  const numbered = (lines: readonly string[], sign: "+" | "-", style: (text: string) => string): readonly string[] =>
    lines.map((line, index) => `     ${String(beat.start + index).padStart(4)} ${style(`${sign} ${line}`)}`);
  return [
    `${paint.green("⏺")} ${paint.bold("Update")}(${beat.file})`,
    `  ${paint.dim("⎿")}  ${paint.dim(`${beat.added.length} lines added, ${beat.removed.length} removed`)}`,
    ...numbered(beat.removed, "-", paint.removed),
    ...numbered(beat.added, "+", paint.added),
    "",
  ];
}

function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole}s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes}m ${whole % 60}s` : `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}
