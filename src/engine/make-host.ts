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
      holder: {
        spawn: (...program) => launch(ports, ...program),
        adopt: (held) => ports.holder.adopt(held),
        goOn: () => ports.holder.goOn(),
      },
      scheduler: engine.scheduler,
      record: (size, snapshot, through) => ports.logs.open(terminal, size, snapshot, through),
      submit: (...facts) => engine.submit(...facts),
      state: () => engine.state,
      context: (number) => engine.context(number),
      clis: ports,
      measured: (number, news) => engine.hooks.meters.told(number, news),
      environment: (number) => ports.environment(number, engine.state.plan.settings.env ?? null),
      readsTty: (pid) => ports.readsTty(pid),
      isStopped: (pid) => ports.isStopped(pid),
      endTree: (known, now) => ports.endTree(terminal, known, now),
      changed: (number) => server.rowsChanged(number),
      paneChanged: (number) => server.paneChanged(number),
      modesChanged: (number) => server.modesChanged(number),
      marks: marks.of(terminal),
      wall: () => ports.clock.now().at,
    },
  );
}
