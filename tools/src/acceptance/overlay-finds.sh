#!/usr/bin/env bash
# NODES nodes (20) on one machine that know a single one of them: each finds each by fingerprint alone, the rest still do
# when half of them were killed, and a restart needs that single one no more.
. "$(dirname "$0")/lib.bash"
nodes=${NODES:-20}
alone=(--bind 127.0.0.1 --no-upnp)
declare -A pid fpr port

start_in_overlay() { # number, words...
  local i=$1
  shift
  start_node "n$i" --port "${port[$i]:-0}" "$@"
  pid[$i]=$node_pid fpr[$i]=$node_fpr port[$i]=$node_port
}

# Asks the running node for all others, over its control socket as bin/mau find does; fails unless each is proved, and was
# found through the overlay first: what worked before is tried before anything else.
finds_all() { # number, numbers...
  local i=$1 wanted=() j
  shift
  for j in "$@"; do
    [ "$j" = "$i" ] || wanted+=("${fpr[$j]}")
  done
  python3 - "$place/n$i/.mau-node/node.sock" "$place/n$i.overlay" "${wanted[@]}" >"$place/find-$i" 2>&1 <<'PYTHON'
import json, os, socket, sys
from concurrent.futures import ThreadPoolExecutor

socket_path, memory, *wanted = sys.argv[1:]
before = open(memory).read().split() if os.path.exists(memory) else []

def find(peer):
    with socket.socket(socket.AF_UNIX) as node:
        node.settimeout(60)
        node.connect(socket_path)
        node.sendall(json.dumps({"ask": "find", "peer": peer}).encode() + b"\n")
        return json.loads(node.makefile().readlines()[-1]).get("answer", {})

with ThreadPoolExecutor(4) as several, open(memory, "a") as found_by_overlay:
    for peer, answer in zip(wanted, several.map(find, wanted)):
        if answer.get("how") == "kademlia":
            print(peer, file=found_by_overlay)
        elif not answer.get("proved") or peer not in before:
            sys.exit(json.dumps(answer))
PYTHON
}

each_finds_each() { # numbers...
  local i
  for i in "$@"; do
    await 60 finds_all "$i" "$@" || fail "n$i does not find all" "$place/find-$i" "$place/n$i.err"
  done
}

start_in_overlay 0
bootstrap=${fpr[0]}@127.0.0.1:$node_port
for ((i = 1; i < nodes; i++)); do
  start_in_overlay "$i" --bootstrap "$bootstrap"
done
all=($(seq 0 $((nodes - 1))))
each_finds_each "${all[@]}"
mau n1 find "${fpr[$((nodes - 1))]}" >"$place/found" || fail "mau find" "$place/found"
grep -q '127.0.0.1:.* proved' "$place/found" || fail "mau find does not tell where" "$place/found"
ok "$nodes nodes that knew one: each finds each by fingerprint"

for ((i = 0; i < nodes / 2; i++)); do
  stop KILL "${pid[$i]}"
done
rest=($(seq $((nodes / 2)) $((nodes - 1))))
each_finds_each "${rest[@]}"
ok "half of them killed, the bootstrap node first: the rest still find each other"

for i in "${rest[@]}"; do
  stop TERM "${pid[$i]}"
  rm -f "$place/n$i/.mau-node/places.json" "$place/n$i.overlay"
done
for i in "${rest[@]}"; do
  start_in_overlay "$i"
done
each_finds_each "${rest[@]}"
ok "started again without the bootstrap node: tables are back"
