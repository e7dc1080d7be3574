#!/usr/bin/env bash
# kill -9 of a node that publishes and of a peer that follows it, at any moment: every file present is whole and verifies,
# and no name is lost. POWER_CUTS says how often (default 8).
. "$(dirname "$0")/lib.bash"
cuts=${POWER_CUTS:-8}
RANDOM=${SEED:-42}

start_node node --port 0
await 20 published 5 || fail "nothing is published" "$place/node.err"
names=$(cd "$place/node/$node_fpr" && ls | grep 'pgp$')
mau node export >"$place/node.asc"
stop KILL "$node_pid"
"$top/bin/run" --home "$place/peer" --port 0 --bind 127.0.0.1 --ready-file "$place/peer.ready" >/dev/null 2>&1 &
peer_pid=$!
await 30 test -s "$place/peer.ready" || fail "the peer does not start"
stop TERM "$peer_pid"
mau peer friend "$place/node.asc" >/dev/null 2>&1 && mau peer follow "$node_fpr" 2>/dev/null || fail "the peer follows"

for ((cut = 1; cut <= cuts; cut++)); do
  # Readings that move at each start, so that there is always something being written.
  start_node node --port 0
  "$top/bin/run" --home "$place/peer" --port 0 --bind 127.0.0.1 --peer "$node_fpr@127.0.0.1:$node_port" >/dev/null 2>"$place/peer.err" &
  peer_pid=$!
  pids+=("$peer_pid")
  sleep "$((RANDOM % 3)).$(printf '%03d' $((RANDOM % 1000)))"
  stop KILL "$node_pid"
  stop KILL "$peer_pid"
  for name in $names; do
    [ -s "$place/node/$node_fpr/$name" ] || fail "cut $cut: $name is lost"
  done
  mau node verify --all >"$place/verify.out" 2>&1 || fail "cut $cut: the node's files" "$place/verify.out"
  mau peer verify --all >"$place/verify.out" 2>&1 || fail "cut $cut: the peer's files" "$place/verify.out"
done
ok "$cuts cuts: every file is whole and verifies, no name is lost"
[ -n "$(ls "$place/peer/$node_fpr" | grep 'pgp$')" ] || fail "the peer never got anything" "$place/peer.err"
ok "the peer got files between the cuts"
