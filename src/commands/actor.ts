/** Who acts by a command. */

/** An agent that calls back says by its environment which terminal it is in. */
export function actor(): string {
  const terminal = process.env["MARATHON_TERMINAL"];
  return terminal !== undefined && /^(?:[1-9]|10)$/.test(terminal) ? `terminal ${terminal}` : "a person";
}
