import type { EngineSpec } from "../engine/spec.ts";
import { canShow } from "./can-show.ts";
import { EXIT, UsageError } from "./exit.ts";
import { launchEngine } from "./launch.ts";
import { logSettings } from "./log-settings.ts";
import { rememberedLook } from "./look.ts";
import { journaled, locate } from "./project.ts";
import { scrollbackLines } from "./scrollback.ts";

/** `marathon attach`: the dashboard of the running marathon; takes an interrupted one up again, restarting nothing by itself. */
export async function attach(options: { readonly project: string; readonly layout?: string }): Promise<number> {
  if (!canShow()) {
    throw new UsageError(
      "attach needs a terminal that can place its cursor; `marathon status`, `marathon events --follow` and `marathon screen N` work without one",
    );
  }
  const located = await locate(options.project);
  if (!located.owner && located.current === null) {
    throw new UsageError(`there is no marathon in ${located.project} yet: \`marathon run PLAN\` starts one`, EXIT.failed);
  }
  const look = rememberedLook(located.paths.folder, options.layout, process.env);
  const { showDashboard } = await import("./show-dashboard.ts");
  const takeUp = (): EngineSpec => ({
    schema: 1,
    project: located.project,
    id: located.current as string,
    start: null,
    restartLost: false,
    unattended: false,
    // Who plays the people of a rehearsal stays as it was.
    standInPeople: journaled(located.paths, located.current as string)?.state.standIns ?? true,
    cols: 100,
    rows: 30,
    scrollback: scrollbackLines(undefined, located.paths.marathon(located.current as string).folder),
    logs: logSettings(process.env),
  });
  const engine = located.owner
    ? Promise.resolve({
        ok: true as const,
        pid: located.owner.pid,
        id: located.current ?? "",
        socket: located.paths.socket,
        seed: null,
        dropped: null,
      })
    : launchEngine(takeUp(), located.paths);
  return showDashboard({ engine, preview: null, look, folder: located.paths.folder });
}
