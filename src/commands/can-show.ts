/** Whether a dashboard can be drawn here: on a terminal that can place its cursor. */
export function canShow(): boolean {
  return process.stdout.isTTY && process.stdin.isTTY && process.env["TERM"] !== "dumb";
}
