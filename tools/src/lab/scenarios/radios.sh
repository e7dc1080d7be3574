#!/usr/bin/env bash
# The lab itself: controllers hear each other, and what happens to radios can be done to these.
. "$(dirname "$0")/../lib.bash"

# bluetoothctl, driven through a pipe: "tell A words" says something to the one on hci0, "heard A pattern" waits for an answer.
cat >"$(share_of one)/talk.bash" <<'TALK'
cd /run
for side in A B; do
  mkfifo "talk-$side"
  bluetoothctl <"talk-$side" >"heard-$side" 2>&1 &
done
exec 7>talk-A 8>talk-B
tell() {
  local to=8
  [ "$1" != A ] || to=7
  shift
  echo "$*" >&$to
}
heard() { # side, extended regular expression, seconds (30)
  timeout "${3:-30}" grep -qE -m 1 -e "$2" < <(exec tail -n +1 -F "heard-$1" 2>/dev/null) && return
  echo "side $1 did not hear: $2"
  tail -n 20 "heard-$1"
  exit 1
}
property() { # object, interface, property: the words of its value
  dbus-send --system --print-reply=literal --dest=org.bluez "/org/bluez/$1" org.freedesktop.DBus.Properties.Get \
    "string:org.bluez.$2" "string:$3" | sed 's/^ *variant *//; s/^[a-z0-9]* //'
}
TALK

in_guest one '
  . /share/talk.bash
  heard A "Agent registered" 60
  heard B "Agent registered" 60
  tell A select 00:AA:01:00:00:00
  tell A advertise.uuids e9498798-3deb-4d3f-839a-f8b66845cd4f
  tell A advertise on
  heard A "Advertising object registered"
  tell B select 00:AA:01:01:00:01
  start=${EPOCHREALTIME/./}
  tell B scan le
  heard B "NEW.*Device 00:AA:01:00:00:00" 60
  echo "found after $(((${EPOCHREALTIME/./} - start) / 1000)) ms"
  tell B info 00:AA:01:00:00:00
  heard B "UUID: .*e9498798-3deb-4d3f-839a-f8b66845cd4f"
  tell B scan off
  tell B connect 00:AA:01:00:00:00
  heard B "Connection successful"
  property hci1/dev_00_AA_01_00_00_00 Device1 Connected
  exec 7>&- 8>&-
' 150 >"$place/found" 2>&1 || fail_in one "one radio finds the other" "$place/found"
ok "an advertised Mau service on hci0 is found from hci1, $(sed -n 's/^found //p' "$place/found")"
grep -qx 'true' "$place/found" || fail_in one "not connected" "$place/found"
ok "hci1 connects to hci0"

radio one daemon kill && radio one daemon start && radio one ready || fail_in one "bluetoothd does not come back"
ok "bluetoothd is killed and comes back"
powered='dbus-send --system --print-reply=literal --dest=org.bluez /org/bluez/hci0 org.freedesktop.DBus.Properties.Get \
  string:org.bluez.Adapter1 string:Powered'
in_guest one "radio block hci0 && ! radio ready 2 2>/dev/null && radio unblock hci0 && radio ready" >"$place/block" 2>&1 ||
  fail_in one "rfkill" "$place/block"
ok "rfkill takes hci0 away and gives it back"
in_guest one "radio unplug && $powered 2>&1; radio plug && radio ready && $powered" >"$place/plug" 2>&1 ||
  fail_in one "the adapter does not come back" "$place/plug"
grep -q 'boolean true' "$place/plug" || fail_in one "the adapter has no power" "$place/plug"
ok "the adapters are unplugged and plugged"
as_user one "id -un; $powered" >"$place/user" 2>&1 && grep -qx mau "$place/user" && grep -q 'boolean true' "$place/user" ||
  fail_in one "an ordinary user" "$place/user"
ok "an ordinary user of the guest reaches BlueZ"
