/**
 * What an agent runs for a hook that can only be a command: it hands the event on to the engine and prints the answer. bash speaks
 * TCP itself and starts in a few milliseconds, where a program that speaks HTTP would hold up every tool of the agent.
 */
import { join } from "node:path";
import type { HookAddress, Program } from "./agent.ts";
import { shellQuote } from "./agent-environment.ts";

type Script = NonNullable<Program["files"]>[number];

/** Without bash, or with nobody there, it prints nothing, and the agent goes on. It holds the secret: ours alone to read. */
export function hookScript({ url, token, folder }: HookAddress, agent: string, terminal: number): Script {
  const { host, hostname, port, pathname } = new URL(url);
  return {
    path: join(folder, `${agent}-${String(terminal).padStart(2, "0")}-hook.sh`),
    text: `# Hands on what a hook tells, and prints the answer.
LC_ALL=C
body=$(cat)
{ exec 3<>/dev/tcp/${hostname}/${port}; } 2>/dev/null || exit 0
printf 'POST ${pathname} HTTP/1.1\\r\\nHost: ${host}\\r\\nAuthorization: Bearer ${token}\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\nConnection: close\\r\\n\\r\\n%s' "\${#body}" "$body" >&3
IFS= read -r line <&3 || exit 0
case $line in *' 200 '*) ;; *) exit 0 ;; esac
while IFS= read -r line <&3 && [ "$line" != $'\\r' ]; do :; done
cat <&3
`,
  };
}

/** The command line that runs it. */
export function hookCommand({ path }: Script): string {
  return `bash ${shellQuote(path)}`;
}

/** What is told at once and answered at once: a stopped engine must not hold an agent up for longer, s. */
export const ANSWER_S = 2;
