#!/usr/bin/env bash
# One adapter holds connections of three others at once.
# guests: one --controllers 4
# seconds: 400
. "$(dirname "$0")/../lib.bash"

in_guest one '
  . talk.bash
  side A hci0
  offer A
  for hci in hci1 hci2 hci3; do
    side $hci $hci
    join $hci 00:AA:01:00:00:00
  done
  for hci in hci1 hci2 hci3; do
    echo "$hci $(property $hci/dev_00_AA_01_00_00_00 Device1 Connected)"
  done
' 300 >"$place/several" 2>&1 || fail_in one "three do not connect to one" "$place/several"
[ "$(grep -cE '^hci[123] true' "$place/several")" = 3 ] || fail_in one "not all are connected" "$place/several"
ok "hci1, hci2 and hci3 are connected with hci0 at once"
