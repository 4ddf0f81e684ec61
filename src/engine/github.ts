/** The one place that talks to GitHub, by its own program `gh`, and only when a person asks for it. */
import { execFile } from "node:child_process";

/** gh waits for the network; a person at a prompt does not wait longer than this, ms. */
const PATIENCE_MS = 30_000;

/** Opens an issue in the project's repository. Never throws: `why` says what kept it from being opened. */
export function createIssue(
  project: string,
  title: string,
  bodyFile: string,
): Promise<{ readonly url: string; readonly why: null } | { readonly url: null; readonly why: string }> {
  const args = ["issue", "create", "--title", title, "--body-file", bodyFile];
  // Without a terminal gh asks nothing.
  const env = { ...process.env, GH_PROMPT_DISABLED: "1", NO_COLOR: "1" };
  return new Promise((resolve) => {
    execFile("gh", args, { cwd: project, env, timeout: PATIENCE_MS }, (error, stdout, stderr) => {
      const url = /https:\/\/\S+\/issues\/\d+/.exec(stdout)?.[0];
      if (url !== undefined) return resolve({ url, why: null });
      const missing = error !== null && (error as NodeJS.ErrnoException).code === "ENOENT";
      const said = stderr.trim().split("\n")[0] ?? "";
      resolve({
        url: null,
        why: missing ? "gh is not installed, so no issue was opened" : `gh could not open the issue${said === "" ? "" : `: ${said}`}`,
      });
    });
  });
}
