import type { Situation } from "../commands.ts";

/** Why nothing can be asked of the engine, and what to do; null when it is there. */
export function noEngine({ connection }: Pick<Situation, "connection">): string | null {
  switch (connection.status) {
    case "attached":
      return null;
    case "connecting":
      return "not attached yet";
    case "silent":
      return `the engine has not answered for ${connection.seconds} s: \`marathon doctor\` says what to do`;
    case "ended":
      return `${connection.reason}: nothing can be done from here any more, q leaves`;
    case "engine-gone":
      return "the engine is gone: run `marathon attach` again";
  }
}
