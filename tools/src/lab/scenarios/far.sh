#!/usr/bin/env bash
# Two hosts are on one air: one finds the other, connects, and comes back after its controller was unplugged.
# guests: two
# seconds: 400
. "$(dirname "$0")/../lib.bash"

share=$(share_of node)
in_guest node '
  . talk.bash
  side A hci0
  offer A
  echo offers >/share/logs/offers
  read -rt 300 < <(exec tail -F /share/logs/enough 2>/dev/null)
' 360 >"$place/node" 2>&1 &
pids+=($!)
await_line "$share/logs/offers" offers 120 || fail_in node "the node does not offer" "$place/node"
meet='
  . talk.bash
  side B hci0
  join B 00:AA:01:00:00:00
  echo "connected $(property hci0/dev_00_AA_01_00_00_00 Device1 Connected), mtu $(mtus hci0 | sort -u | xargs)"
'
in_guest phone "$meet" 200 >"$place/phone" 2>&1 || fail_in phone "the phone does not reach the node" "$place/phone"
grep -q 'connected true' "$place/phone" || fail_in phone "not connected" "$place/phone"
ok "the phone's host connects to the node's host ($(sed -n 's/^connected true, //p' "$place/phone"))"
in_guest phone "radio unplug; radio plug; radio ready; radio forget; $meet" 250 >"$place/phone" 2>&1 ||
  fail_in phone "the phone does not come back" "$place/phone"
ok "it comes back with a controller that was unplugged and plugged"
echo enough >"$share/logs/enough"
