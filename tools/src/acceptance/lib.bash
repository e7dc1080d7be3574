# Sourced by the scenarios beside it. Each runs the scripts in bin/ as a user would, in a directory of its own, and
# prints a line for each claim that it checked.
set -uo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
scenario=$(basename "$0" .sh)
place=$(mktemp -d)
pids=()
claims=0

# A build that is due is not on the time of any claim.
"$top/bin/run" --version >/dev/null || exit 1

trap leave EXIT
leave() {
  local pid
  for pid in "${pids[@]}"; do
    kill -KILL "$pid"
    wait "$pid"
  done 2>/dev/null
  rm -rf "$place"
}

# Ends the scenario with everything that is known of why.
fail() {
  printf 'not ok %s: %s\n' "$scenario" "$1"
  shift
  local file
  for file in "$@"; do
    [ -f "$file" ] && sed "s|^|  # $(basename "$file"): |" "$file" | tail -n 40 | cut -c1-300
  done
  exit 1
}

ok() {
  claims=$((claims + 1))
  printf 'ok %s: %s\n' "$scenario" "$1"
}

# Ends a child of this shell, without the shell's own words about it.
stop() { # signal, pid
  {
    kill "-$1" "$2"
    wait "$2"
  } 2>/dev/null
}

# Waits for a fact: a command that succeeds, within some seconds.
await() { # seconds, command...
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.05
  done
}

mau() { # name of an account, words...
  local home=$place/$1
  shift
  "${inside[@]}" "$top/bin/mau" --home "$home" "$@"
}

# A person's account, with its passphrase in a file beside it.
person() { # name
  mkdir -p "$place/$1"
  printf 'the passphrase of %s\n' "$1" >"$place/$1.passphrase"
  chmod 600 "$place/$1.passphrase"
  MAU_PASSPHRASE_FILE=$place/$1.passphrase mau "$1" init --name "$1" --email "$1@example.org" >"$place/$1.init" 2>&1 ||
    fail "init of $1" "$place/$1.init"
}

as() { # name of a person, words...
  MAU_PASSPHRASE_FILE=$place/$1.passphrase mau "$@"
}

# What stands before the commands that start something, as "ip netns exec NAME" does, and the words that keep a node to
# itself; a scenario about the network changes both.
inside=()
alone=(--bind 127.0.0.1 --no-discovery)

# Starts a node and waits until it serves; its words go to NAME.out, and its process to $node_pid.
start_node() { # name, words...
  local name=$1
  shift
  rm -f "$place/$name.ready"
  "${inside[@]}" "$top/bin/run" --home "$place/$name" "${alone[@]}" --ready-file "$place/$name.ready" "$@" \
    >"$place/$name.out" 2>"$place/$name.err" &
  node_pid=$!
  pids+=("$node_pid")
  await 30 ready_or_dead "$place/$name.ready" || fail "$name does not serve" "$place/$name.out" "$place/$name.err"
  [ -s "$place/$name.ready" ] || fail "$name ended" "$place/$name.out" "$place/$name.err"
  node_port=$(jq -r .port "$place/$name.ready")
  node_fpr=$(jq -r .fingerprint "$place/$name.ready")
  node_url=https://127.0.0.1:$node_port/p2p/$node_fpr
}

ready_or_dead() {
  [ -s "$1" ] || ! kill -0 "$node_pid" 2>/dev/null
}

fetch() { # words of curl...
  curl -sSk --max-time 20 "$@"
}

published() { # how many files at least
  [ "$(fetch "$node_url" | jq length)" -ge "$1" ]
}
