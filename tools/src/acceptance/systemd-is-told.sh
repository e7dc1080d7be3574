#!/usr/bin/env bash
# Under systemd a node says when it is ready and when it stops, takes its passphrase from the credentials directory, and
# gives its log lines a priority.
. "$(dirname "$0")/lib.bash"
for tool in systemd-notify python3; do
  command -v "$tool" >/dev/null || { echo "skipped $scenario: $tool is not here"; exit 0; }
done

# The end of the wire: a datagram socket, as systemd's own.
cat >"$place/listen.py" <<'PY'
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
open(sys.argv[2], "w").close()
while True:
    said = s.recv(4096).decode()
    with open(sys.argv[2], "a") as heard:
        heard.write(said + "\n")
PY
python3 "$place/listen.py" "$place/notify" "$place/heard" &
pids+=($!)
await 10 test -e "$place/heard" || fail "nobody listens"
mkdir -m 700 "$place/credentials"
printf 'from systemd\n' >"$place/credentials/mau-passphrase"
chmod 400 "$place/credentials/mau-passphrase"
export NOTIFY_SOCKET=$place/notify CREDENTIALS_DIRECTORY=$place/credentials JOURNAL_STREAM=8:1
start_node node --port 0
await 10 grep -q READY=1 "$place/heard" || fail "systemd is not told that it is ready" "$place/heard" "$place/node.err"
grep -q "MAINPID=$(jq .pid "$place/node.ready")" "$place/heard" || fail "the wrong process" "$place/heard"
ok "systemd is told when the node is ready, and which process it is"
[ ! -e "$place/node/.mau-node/passphrase" ] || fail "the passphrase is on the card all the same"
ok "the passphrase comes from the credentials directory and nowhere else"
stop TERM "$node_pid"
await 10 grep -q STOPPING=1 "$place/heard" || fail "systemd is not told that it stops" "$place/heard"
ok "systemd is told when it stops"
grep -q '^<6>runtime: stopp' "$place/node.err" || fail "log lines have no priority" "$place/node.err"
ok "log lines carry a priority for the journal"
