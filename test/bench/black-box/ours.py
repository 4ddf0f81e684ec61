"""Marathon for the black-box harness in shared/bench: copy this file over its drivers/ours.py.

    OURS_ROOT=/path/to/a/built/clone python3 bench.py run --candidates tmux,ours --reps 3 --out results/ours.jsonl

Ten `Run` cells of one plan; `1 Enter` takes terminal 1 over, M-1 to M-0 go to a terminal. At 120x40 the board beside
them leaves no room for ten tiles: for the measure `resize` set OURS_ARGS="--layout wall".
"""
import os
import subprocess
from drivers._base import Driver

MARATHON = [os.environ.get("OURS_ROOT", ".") + "/dist/marathon.js"]
PLAN = "---\nagent: shell\nterminals: %d\n---\n\n# Ten\n\n| # | Task | Terminal | Run |\n|---|---|---|---|\n%s"


class Ours(Driver):
    name = "ours"
    settle = ["1", "Enter"]

    def missing(self):
        return None if os.path.exists(MARATHON[0]) else "set OURS_ROOT to a built clone"

    def version(self):
        return self.say(*MARATHON, "--version")

    def start(self, s):
        rows = "".join("| %d | T%d | %d | `%s` |\n" % (k, k, k, c) for k, c in enumerate(s.cmds, 1))
        self.write(s, "project/plan.md", PLAN % (len(s.cmds), rows))
        os.makedirs(s.dir + "/run", mode=0o700, exist_ok=True)
        s.env.update(self.places(s))
        words = [*MARATHON, "run", "plan.md", "--trust", "--scrollback", str(s.scrollback), os.environ.get("OURS_ARGS", "")]
        return ["sh", "-c", "cd project && exec " + " ".join(words)]

    def focus(self, k):
        return ["M-%d" % (k % 10)]

    def stop(self, s):
        env = {**os.environ, **self.places(s)}
        subprocess.run([*MARATHON, "stop", "--now"], cwd=s.dir + "/project", env=env, capture_output=True, timeout=20)

    @staticmethod
    def places(s):
        """Its state and its socket, apart from those of the person who measures."""
        return {"XDG_STATE_HOME": s.dir + "/state", "XDG_RUNTIME_DIR": s.dir + "/run"}


driver = Ours()
