#!/usr/bin/env bash
# One adapter holds connections of three others at once.
# guests: one --controllers 4
# seconds: 600
. "$(dirname "$0")/../lib.bash"

# btvirt 5.66 tells a peripheral the number that the central has for a connection, and not its own (42, 43, ... in turn): a
# second central's 42 would end the first one's. So hci2 holds one connection with hci3 first, and hci3 two, and each then
# comes to hci0 with the next number.
in_guest one '
  . talk.bash
  side A hci0
  offer A
  for side in hci1 hci2 hci3; do
    side $side $side
  done
  offer hci3
  join hci1 00:AA:01:00:00:00
  join hci2 00:AA:01:03:00:03
  join hci2 00:AA:01:00:00:00
  tell hci3 advertise on
  join hci1 00:AA:01:03:00:03
  join hci3 00:AA:01:00:00:00
  for hci in hci1 hci2 hci3; do
    echo "$hci $(property $hci/dev_00_AA_01_00_00_00 Device1 Connected)"
  done
  hcitool -i hci0 con
' 500 >"$place/several" 2>&1 || fail_in one "three do not connect to one" "$place/several"
[ "$(grep -cE '^hci[123] true' "$place/several")" = 3 ] || fail_in one "not all are connected" "$place/several"
ok "hci1, hci2 and hci3 are connected with hci0 at once"
