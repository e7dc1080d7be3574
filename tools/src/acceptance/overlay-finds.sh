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

# One command asks the running node for all others; it fails if one of them is not found and proved.
finds_all() { # number, numbers...
  local i=$1 wanted=() j
  shift
  for j in "$@"; do
    [ "$j" = "$i" ] || wanted+=("${fpr[$j]}")
  done
  mau "n$i" find "${wanted[@]}" --json >"$place/find-$i.json" 2>"$place/find-$i.err"
}

each_finds_each() { # numbers...
  local i
  for i in "$@"; do
    await 30 finds_all "$i" "$@" || fail "n$i does not find all" "$place/find-$i.json" "$place/find-$i.err" "$place/n$i.err"
  done
}

start_in_overlay 0
bootstrap=${fpr[0]}@127.0.0.1:$node_port
for ((i = 1; i < nodes; i++)); do
  start_in_overlay "$i" --bootstrap "$bootstrap"
done
all=($(seq 0 $((nodes - 1))))
each_finds_each "${all[@]}"
ok "$nodes nodes that knew one: each finds each by fingerprint"

for ((i = 0; i < nodes / 2; i++)); do
  stop KILL "${pid[$i]}"
done
rest=($(seq $((nodes / 2)) $((nodes - 1))))
each_finds_each "${rest[@]}"
ok "half of them killed, the bootstrap node first: the rest still find each other"

for i in "${rest[@]}"; do
  stop TERM "${pid[$i]}"
done
for i in "${rest[@]}"; do
  start_in_overlay "$i"
done
each_finds_each "${rest[@]}"
ok "started again without the bootstrap node: tables are back"
