#!/usr/bin/env bash
# The project's programs run in a guest as an ordinary user: a node serves, and another account follows it.
# seconds: 420
. "$(dirname "$0")/../lib.bash"

timed in_guest one "$(. "$top/bin/common.sh"; echo "$JAVA_HOME")/bin/java -XX:TieredStopAtLevel=1 -version" >"$place/java" 2>&1 || fail_in one "no Java" "$place/java"
echo "  # java -version takes $took ms from the host"
timed start_node one board --port 0 --bind 127.0.0.1 --no-discovery
ok "a node serves in the guest ($took ms from the host, its programs carried there included)"
kilobytes=$(resident one board)
[ "$kilobytes" -gt 10000 ] || fail_in one "its memory: $kilobytes"
ok "its memory can be measured ($((kilobytes / 1024)) MB)"
person one alice
mau one board export >"$place/board.asc" || fail_in one "export"
cp "$place/board.asc" "$(share_of one)/"
mau one alice friend /share/board.asc >"$place/friend" 2>&1 && mau one alice follow "$node_fpr" >>"$place/friend" 2>&1 &&
  mau one alice sync --fingerprint "$node_fpr" --address "127.0.0.1:$node_port" >"$place/sync" 2>&1 ||
  fail_in one "alice syncs" "$place/friend" "$place/sync" "$logs/board.err"
as_user one "ls alice/$node_fpr" >"$place/held" && grep -q 'json.pgp$' "$place/held" || fail_in one "nothing is there" "$place/sync"
ok "a person of the guest syncs with it"
stop_node one board || fail_in one "it does not stop" "$logs/board.err"
ok "it stops when it is asked to"
