#!/usr/bin/env bash
# A connection has the MTU that the lab sets.
# seconds: 600
. "$(dirname "$0")/../lib.bash"

for mtu in 517 247 185 48; do
  radio one settings --channels 1 --mtu "$mtu" >"$place/set" 2>&1 || fail_in one "mtu $mtu" "$place/set"
  in_guest one '
    . talk.bash
    side A hci0
    offer A
    side B hci1
    join B 00:AA:01:00:00:00
    echo "mtus $(mtus hci1 | sort -u | xargs)"
    tell B remove 00:AA:01:00:00:00
    heard B "Device has been removed"
    radio forget
  ' 200 >"$place/sizes" 2>&1 || fail_in one "no connection at MTU $mtu" "$place/sizes"
  grep -qx "mtus $mtu" "$place/sizes" || fail_in one "MTU $mtu: $(grep ^mtus "$place/sizes")" "$place/sizes"
  ok "ExchangeMTU = $mtu makes connections with an MTU of $mtu"
done
