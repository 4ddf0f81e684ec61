/** F1: a dashboard is killed at any moment. The agents do not notice, and the person's terminal is given back. */
import { expect, test } from "vitest";
import { random } from "../conformance/random.ts";
import { workplace, type Workplace } from "../support/marathon-run.ts";
import { Agents } from "./bench/agents.ts";
import {
  agentsAreAccountedFor,
  inputIsExact,
  journalIsWhole,
  outputIsKept,
  stopsWithoutStrays,
  terminalIsGivenBack,
} from "./bench/invariants.ts";

const SEED = Number(process.env["MARATHON_TEST_SEED"] ?? Math.floor(Math.random() * 1e6));
const ROUNDS = Number(process.env["MARATHON_FAULT_ROUNDS"] ?? 8);
const TERMINALS = 3;

function dashboard(place: Workplace): number {
  const [found] = place.leftBehind().filter(({ command }) => / (run|attach)\b/u.test(command) && !/^(\/bin\/)?sh |__engine/u.test(command));
  if (!found) throw new Error(`no dashboard among ${JSON.stringify(place.leftBehind())}`);
  return found.pid;
}

test(`a dashboard killed while it draws and while somebody types costs nothing but itself (seed ${SEED})`, async () => {
  const next = random(SEED);
  await using place = workplace();
  const agents = new Agents(place);
  let screen = place.open(agents.run(TERMINALS), { cols: 120, rows: 36 });
  let typed = Buffer.alloc(0);
  for (let round = 0; round < ROUNDS; round++) {
    // What agents have printed is there; in a small window their first words have left it by then.
    await screen.waitFor(/READY|round \d, line/u);
    screen.keys("1\r");
    await screen.waitFor("TAKE-OVER 1");
    const word = `typed in round ${round} `;
    typed = Buffer.concat([typed, Buffer.from(word)]);
    screen.keys(word);
    // What the person typed before the death has arrived, or it never left the dashboard: here it is known to have arrived.
    await agents.state(1).then(async function arrived(state): Promise<unknown> {
      return state.bytes < typed.length ? agents.state(1).then(arrived) : undefined;
    });
    const printing = Array.from({ length: 1 + next(6) }, (_, line) =>
      agents.print(1 + next(TERMINALS), `\x1b[3${line}mround ${round}, line ${line}\x1b[m\r\n`),
    );
    if (next(2) === 0) await Promise.all(printing);
    process.kill(dashboard(place), next(3) === 0 ? "SIGABRT" : "SIGKILL");
    await screen.exit;
    terminalIsGivenBack(screen);
    await Promise.all(printing);
    screen = place.open(["attach"], { cols: 100 + next(60), rows: 30 + next(20) });
  }
  await agents.print(1, "the last line\r\n");
  await screen.waitFor("the last line");
  expect(agents.started()).toHaveLength(TERMINALS);
  await agentsAreAccountedFor(place, agents);
  for (let terminal = 1; terminal <= TERMINALS; terminal++) await outputIsKept(place, agents, terminal);
  inputIsExact(agents, 1, typed, [2, 3]);
  await journalIsWhole(place);
  await stopsWithoutStrays(place);
}, 480_000);
