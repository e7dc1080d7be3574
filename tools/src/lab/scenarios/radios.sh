#!/usr/bin/env bash
# The lab itself: controllers hear each other, and what happens to radios can be done to these.
# seconds: 420
. "$(dirname "$0")/../lib.bash"

in_guest one '
  . talk.bash
  side A hci0
  offer A
  side B hci1
  start=${EPOCHREALTIME/./}
  find B 00:AA:01:00:00:00
  echo "found after $(((${EPOCHREALTIME/./} - start) / 1000)) ms"
  tell B info 00:AA:01:00:00:00
  heard B "UUID: .*e9498798-3deb-4d3f-839a-f8b66845cd4f"
  join B 00:AA:01:00:00:00
  echo "connected $(property hci1/dev_00_AA_01_00_00_00 Device1 Connected)"
' 240 >"$place/found" 2>&1 || fail_in one "one radio finds the other" "$place/found"
ok "an advertised Mau service on hci0 is found from hci1, $(sed -n 's/^found //p' "$place/found")"
grep -qx 'connected true' "$place/found" || fail_in one "not connected" "$place/found"
ok "hci1 connects to hci0"

radio one 'daemon kill && radio daemon start && radio ready' || fail_in one "bluetoothd does not come back"
ok "bluetoothd is killed and comes back"
powered='dbus-send --system --print-reply=literal --dest=org.bluez /org/bluez/hci0 org.freedesktop.DBus.Properties.Get \
  string:org.bluez.Adapter1 string:Powered'
in_guest one "radio block hci0 && ! radio ready 2 2>/dev/null && radio unblock hci0 && radio ready" >"$place/block" 2>&1 ||
  fail_in one "rfkill" "$place/block"
ok "rfkill takes hci0 away and gives it back"
in_guest one "radio down hci0 && ! radio ready 2 2>/dev/null && radio up hci0 && radio ready" >"$place/down" 2>&1 ||
  fail_in one "hciconfig" "$place/down"
ok "hci0 goes down and up"
in_guest one "radio unplug && $powered 2>&1; radio plug && radio ready && $powered" >"$place/plug" 2>&1 ||
  fail_in one "the adapter does not come back" "$place/plug"
grep -q 'boolean true' "$place/plug" || fail_in one "the adapter has no power" "$place/plug"
ok "the adapters are unplugged and plugged"
as_user one "id -un; $powered" >"$place/user" 2>&1 && grep -qx mau "$place/user" && grep -q 'boolean true' "$place/user" ||
  fail_in one "an ordinary user" "$place/user"
ok "an ordinary user of the guest reaches BlueZ"
