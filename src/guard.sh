#!/usr/bin/env sh
# Outlives the dashboard and gives the terminal back. A killed process (kill -9, out of memory) cannot tidy up after
# itself: the shell prompt would come back in the alternate screen, without echo, with mouse reports typed into it.
# The build puts this in front of the program, so that `marathon` is this script first; see .ci/build.mjs.

# In a clone, the pinned Node.js that `npm start` uses; else the one of the PATH.
node=${MARATHON_NODE:-${0%/*}/../node_modules/.bin/node}
[ -x "$node" ] || node=node
if ! command -v "$node" >/dev/null 2>&1; then
  echo "marathon: Node.js 22.22 or newer is needed, and there is no \`node\` on the PATH" >&2
  exit 127
fi

# Only these commands draw on the whole terminal, and only on one.
saved=
case "${1-}" in
  run | attach) [ -t 0 ] && [ -t 1 ] && saved=$(stty -g 2>/dev/null) ;;
esac
[ -n "$saved" ] || exec "$node" "$0" "$@"

# A shell waits for a foreground child before it acts on a signal, so the child runs in the background: with the
# terminal's input, which a background child of a script would lose, and in the same process group.
MARATHON_GUARD=$$
export MARATHON_GUARD
exec 3<&0
# One pool of memory for all threads, see oneArena in engine/environment.ts.
[ -n "${MALLOC_ARENA_MAX-}" ] || export MALLOC_ARENA_MAX=1 MARATHON_ONE_ARENA=1
# A small young generation: a frame's garbage is swept in a fraction of a millisecond instead of piling up to 100 MB. And
# nothing is collected again just because it is quiet: somebody who types then would wait for it (commands/launch.ts).
"$node" --max-semi-space-size=2 --no-memory-reducer "$0" "$@" <&3 3<&- &
child=$!
exec 3<&-

signal=
for name in HUP INT TERM; do
  # shellcheck disable=SC2064
  trap "signal=$name; kill -s $name $child 2>/dev/null" "$name"
done

# A signal ends `wait`, not the child: ask again until no signal came between. 127: it had been told before.
code=
while :; do
  signal=
  wait "$child"
  status=$?
  if [ -z "$code" ] || [ "$status" -ne 127 ]; then code=$status; fi
  [ -n "$signal" ] || break
done

# The dashboard restores the terminal on every way out that it sees. A line discipline that is not as it was shows that it saw none.
if [ "$(stty -g 2>/dev/null)" != "$saved" ]; then
  trap '' HUP INT TERM TTOU
  # Synchronized output, kitty keys, modifyOtherKeys, mouse, focus, paste and colour-scheme reports, application keys,
  # left margin, scroll region, alternate screen, cursor, attributes.
  printf '\033[?2026l\033[<99u\033[=0u\033[>4;0m\033[?1000l\033[?1002l\033[?1003l\033[?1005l\033[?1006l\033[?1015l\033[?1016l' 2>/dev/null
  printf '\033[?1004l\033[?2004l\033[?2031l\033[?1l\033>\033[?69l\033[r\033[?7h\033[?1049l\033[?25h\033[0 q\033[0m\r' 2>/dev/null
  # Status, progress and title, as far as the dashboard tells them (src/dashboard/terminal/outward-words.ts).
  case "${MARATHON_STATUS-}-${TERM-}" in
    0-* | *-linux | *-dumb | *-) ;;
    *)
      printf '\033]7501;state=clear\033\\\033]2;\033\\\033[23;2t' 2>/dev/null
      case "${TMUX-}${STY-}${ZELLIJ-}-${TERM_PROGRAM-}-${WT_SESSION:+known}${ConEmuANSI-}" in
        -ghostty-* | -*-*known* | -*-*ON) printf '\033]9;4;0\033\\' 2>/dev/null ;;
      esac
      ;;
  esac
  # What the terminal had sent meanwhile (mouse reports, keys for the dashboard) must not be typed into the shell.
  stty -icanon -echo min 0 time 1 2>/dev/null && dd bs=65536 count=1 >/dev/null 2>&1
  stty "$saved" 2>/dev/null
  [ "$code" -lt 128 ] || echo "marathon: the dashboard was killed (exit $code); the agents go on. See them again: marathon attach" >&2
fi
exit "$code"
