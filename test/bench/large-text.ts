/** Plans of any size, to be measured. */
export interface LargePlan {
  readonly tasks: number;
  /** What the agent `shell` runs for each; none: nothing is said of it. */
  readonly run?: (number: number) => string;
  /** More of the plan, behind the streams. */
  readonly more?: string;
}

/** Ten streams: nine of a terminal each, one for any; phases, estimates, every seventh task waits for the one before. */
export function largePlan({ tasks, run, more = "" }: LargePlan): string {
  const each = tasks / 10;
  const head = run === undefined ? ["#", "Task", "File", "Estimate", "Depends on"] : ["#", "Task", "Run", "File", "Estimate", "Depends on"];
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const streams = Array.from({ length: 10 }, (_, stream) => {
    const rows = Array.from({ length: each }, (_row, index) => {
      const number = stream * each + index + 1;
      const needs = index > 0 && index % 7 === 0 ? String(number - 1) : "";
      return line([
        String(number),
        `Piece ${number} of the work`,
        ...(run === undefined ? [] : [`\`${run(number)}\``]),
        `src/part-${number}.ts`,
        `${5 + (number % 7) * 5}m`,
        needs,
      ]);
    });
    const where = stream < 9 ? `**Terminal ${stream + 1} | Goal: all of it**` : "**Overflow: any available terminal | Goal: all of it**";
    return `## Stream ${"ABCDEFGHIJ"[stream]}: Part ${stream + 1} (${each} Tasks)\n\n${where}\n\n${[line(head), line(head.map(() => "---")), ...rows].join("\n")}\n`;
  });
  const front = `---\nterminals: 10\n${run === undefined ? "" : "agent: shell\n"}---\n\n`;
  return `${front}# ${tasks} of them\n\n${streams.join("\n")}${more}`;
}
