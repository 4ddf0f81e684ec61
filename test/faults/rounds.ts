/** How often in a row all of it passed: a line of FAULTS.md for the twelve, and one for everything. */
import type { TestResult } from "./catalogue.ts";

export interface Round {
  /** From 1. */
  readonly number: number;
  readonly results: readonly TestResult[];
  readonly seconds: number;
  /** Of the machine when it began. */
  readonly load: number;
}

export interface Rounds {
  /** Only the twelve that are in every `npm test`. */
  readonly gates: boolean;
  readonly commit: string;
  readonly at: Date;
  readonly rounds: readonly Round[];
}

const SECTION = /<!-- rounds -->\n([\s\S]*?)<!-- \/rounds -->/u;

/** The lines of a table that was written before. */
export function roundsIn(table: string): readonly string[] {
  return (SECTION.exec(table)?.[1] ?? "").split("\n").filter((line) => line.startsWith("- "));
}

export function roundSection(lines: readonly string[]): string {
  return `<!-- rounds -->\n${lines.map((line) => `${line}\n`).join("")}<!-- /rounds -->`;
}

/** The table with these rounds instead of the last ones of their kind. */
export function withRounds(table: string, rounds: Rounds): string {
  const kind = kindOf(rounds);
  const others = roundsIn(table).filter((line) => !line.startsWith(`- ${kind}:`));
  // A function: a title may hold what a replacement would read as its own signs.
  return table.replace(SECTION, () => roundSection([...others, describeRounds(rounds)].toSorted()));
}

/** "- the twelve: 10 of 10 rounds passed, 10 in a row (24 tests a round, 2026-11-26, abc1234, load 1 to 4, 300 s a round)". */
export function describeRounds(all: Rounds): string {
  const { rounds, at, commit } = all;
  const bad = rounds.filter((round) => round.results.length === 0 || failedIn(round).length > 0);
  let row = 0;
  let most = 0;
  for (const round of rounds) {
    row = bad.includes(round) ? 0 : row + 1;
    most = Math.max(most, row);
  }
  const loads = rounds.map(({ load }) => load);
  const seconds = rounds.reduce((sum, round) => sum + round.seconds, 0) / Math.max(1, rounds.length);
  const facts = [
    `${Math.max(0, ...rounds.map(({ results }) => results.length))} tests a round`,
    at.toISOString().slice(0, 10),
    commit,
    `load ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}`,
    `${seconds.toFixed(0)} s a round`,
  ];
  const failed = bad.map(({ number, results }) => {
    const titles = results.filter(isBad).map(({ file, title }) => `\`${file}\`: ${title.replaceAll("|", "/")}`);
    return `; round ${number}: ${titles.length === 0 ? "it did not run" : titles.join(", ")}`;
  });
  return `- ${kindOf(all)}: ${rounds.length - bad.length} of ${rounds.length} rounds passed, ${most} in a row (${facts.join(", ")})${failed.join("")}`;
}

function kindOf({ gates }: Pick<Rounds, "gates">): string {
  return gates ? "the twelve" : "everything";
}

function failedIn({ results }: Round): readonly TestResult[] {
  return results.filter(isBad);
}

function isBad({ status }: TestResult): boolean {
  return status !== "passed" && status !== "pending";
}
