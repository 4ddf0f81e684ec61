import type { EngineReady } from "../engine/spec.ts";

export interface ShowOptions {
  readonly engine: Promise<EngineReady>;
  readonly project: string;
}

export async function showDashboard(options: ShowOptions): Promise<number> {
  await options.engine;
  throw new Error("not yet");
}
