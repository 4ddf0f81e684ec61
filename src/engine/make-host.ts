/** A terminal's host with the engine around it. */
import type { Agent } from "./agents/agent.ts";
import type { Engine } from "./engine.ts";
import { launch } from "./launch.ts";
import { TerminalHost } from "./terminal-host.ts";

export function makeHost(engine: Engine, terminal: number, agent: Agent): TerminalHost {
  const { ports, server, marks } = engine;
  const { cols, rows, scrollback, version } = engine.settings;
  return new TerminalHost(
    { terminal, agent, cols, rows, scrollback, program: `marathon(${version})` },
    {
      spawn: (program, size) => launch(ports, program, size),
      scheduler: engine.scheduler,
      record: (size, snapshot) => ports.logs.open(terminal, size, snapshot),
      submit: (...facts) => engine.submit(...facts),
      state: () => engine.state,
      context: (number) => engine.context(number),
      clis: ports,
      environment: (number) => ports.environment(number),
      startTime: (pid) => ports.startTime(pid),
      readsTty: (pid) => ports.readsTty(pid),
      endTree: (known, now) => ports.endTree(terminal, known, now),
      changed: (number) => server.rowsChanged(number),
      paneChanged: (number) => server.paneChanged(number),
      marks: marks.of(terminal),
      wall: () => ports.clock.now().at,
    },
  );
}
