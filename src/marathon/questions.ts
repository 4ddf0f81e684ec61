/** The questions that agents have asked in so many words. */
import type { AgentQuestion } from "./report-facts.ts";
import type { State } from "./types.ts";

/** More than this many of one terminal at a time are not questions any more. */
export const MOST_QUESTIONS = 5;

/** The open questions of a terminal, oldest first. */
export function openQuestions({ questions = {} }: Pick<State, "questions">, terminal: number): readonly AgentQuestion[] {
  return Object.values(questions).filter((question) => question.terminal === terminal && question.state === "open");
}
