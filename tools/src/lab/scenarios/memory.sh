#!/usr/bin/env bash
# What the radio costs a node in memory: at most 8 MB over the same node without.
# seconds: 500
. "$(dirname "$0")/../lib.bash"

hci0=00:AA:01:00:00:00
hci1=00:AA:01:01:00:01
most=8192

# A node at rest for as long as its own memory takes to settle; the kernel's count of it, in kilobytes.
settled() { # words of the node
  start_node one greenhouse --name greenhouse --port 0 --no-discovery "$@"
  in_guest one 'sleep 15' 60 # the JVM gives back what starting took
  resident one greenhouse
}

without=$(settled --no-ble)
stop_node one greenhouse || fail_in one "SIGTERM" "$logs/greenhouse.err"
with=$(settled --ble --ble-adapter "$hci0")
[ $((with - without)) -le "$most" ] || fail_in one "with the radio on $with KB, without $without KB" "$logs/greenhouse.err"
ok "at rest the radio costs $((with - without)) KB: $with KB with it on, $without KB without"
person one alice
as_user one 'mau --home ~/greenhouse export >~/greenhouse.asc && MAU_PASSPHRASE_FILE=~/alice.passphrase mau --home ~/alice friend ~/greenhouse.asc' \
  120 >"$place/friend" 2>&1 || fail_in one "friend" "$place/friend"
mau one alice ble ls "$hci0" --adapter "$hci1" --json >"$place/ls" 2>&1 || fail_in one "ls" "$place/ls"
in_guest one 'sleep 15' 60
ok "after a caller came and went it holds $(resident one greenhouse) KB"
