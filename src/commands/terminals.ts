/** Commands about one terminal, and the one that stops everything. */
import { engineEnd } from "./engine-end.ts";
import { EXIT } from "./exit.ts";
import { endOutlived } from "./outlived.ts";
import { connectIfRunning, locate, withEngine } from "./project.ts";
import { print, printError, screenText } from "./print.ts";

interface ProjectOption {
  readonly project: string;
}

export async function screen(terminal: number, options: ProjectOption & { readonly ansi?: boolean }): Promise<number> {
  const text = await withEngine(options.project, (client) => client.request({ name: "screen", terminal, ansi: options.ansi ?? false }));
  process.stdout.write(screenText(`${String(text)}\n`));
  return EXIT.ok;
}

export async function send(terminal: number, text: string, options: ProjectOption & { readonly enter?: boolean }): Promise<number> {
  await withEngine(options.project, (client) => client.request({ name: "send", terminal, text, enter: options.enter ?? false }));
  return EXIT.ok;
}

export async function restart(options: ProjectOption & { readonly terminal: number; readonly fresh?: boolean }): Promise<number> {
  const { terminal, fresh = false } = options;
  const answer = await withEngine(options.project, (client) => client.request({ name: "restart", terminal, ...(fresh ? { fresh } : {}) }));
  const { triedAgain } = answer as { readonly triedAgain: readonly string[] };
  const again = triedAgain.length > 0 ? `, ${triedAgain.join(", ")} closed: its task is tried again` : "";
  print(`terminal ${options.terminal} restarted${again}\n`);
  return EXIT.ok;
}

export async function stop(options: ProjectOption & { readonly terminal?: number; readonly now?: boolean }): Promise<number> {
  const located = await locate(options.project);
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  const connection = await connectIfRunning(located, "command", { message: () => {}, rows: () => {}, closed: () => resolve() });
  if (!connection && options.terminal === undefined && located.current !== null) {
    const ended = await endOutlived(located.paths, located.current, options.now ?? false);
    if (ended > 0) {
      print(`stopped: ${ended === 1 ? "a program that had" : `${ended} programs that had`} outlived the engine\n`);
      return EXIT.ok;
    }
  }
  if (!connection) {
    printError(`marathon: no engine runs in ${located.project}: nothing to stop\n`);
    return options.terminal === undefined ? EXIT.ok : EXIT.failed;
  }
  await connection.client.request({ name: "stop", terminal: options.terminal ?? null, now: options.now ?? false });
  if (options.terminal !== undefined) {
    connection.client.close();
    return EXIT.ok;
  }
  await gone;
  await engineEnd(connection.welcome.pid);
  print("stopped\n");
  return EXIT.ok;
}
