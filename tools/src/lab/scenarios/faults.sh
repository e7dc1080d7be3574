#!/usr/bin/env bash
# A node outlives its radio: bluetoothd killed ten times, the controller unplugged, switched off; and it loses nothing by it.
# seconds: 600
. "$(dirname "$0")/../lib.bash"

hci0=00:AA:01:00:00:00
times=10

# How often the node has said that it serves by radio; and what it holds: descriptors, kilobytes, and its threads by their names. The
# JVM's own come and go as it compiles, and so does the one that writes what was held back.
served() { grep -c 'ble.serving' "$logs/greenhouse.err" || true; }
held() { # file
  in_guest one "pid=\$(cat /share/logs/greenhouse.pid); ls /proc/\$pid/fd | wc -l
    awk '/^VmRSS/ { print \$2 }' /proc/\$pid/status; cat /proc/\$pid/task/*/comm | grep -E '^(mau|Thread|pool)-' | grep -vx mau-store-write | sort" 60 >"$1"
}
# What bluetoothd knows of the node: applications and advertisements that it was given.
given() {
  in_guest one "busctl get-property org.bluez /org/bluez/hci0 org.bluez.LEAdvertisingManager1 ActiveInstances" 60
}
# Breaks the radio, mends it, and waits until the node serves again; $took is the time from mended to serving, and $spell the
# longest of them all.
spell=0
survive() { # what, command that breaks and mends
  local before=$(served)
  in_guest one "$2" 120 >"$place/broken" 2>&1 || fail_in one "$1: it cannot be done" "$place/broken"
  timed await_count $((before + 1)) 30 || fail_in one "$1: the node does not serve again" "$logs/greenhouse.err"
  [ "$took" -le 10000 ] || fail_in one "$1: the node serves again after $took ms" "$logs/greenhouse.err"
  [ "$took" -le "$spell" ] || spell=$took
}
await_count() { # how many "ble.serving" lines, seconds
  local tail_pid fd
  exec {fd}< <(exec tail -n +1 -F "$logs/greenhouse.err" 2>/dev/null)
  tail_pid=$!
  timeout "$2" "$BASH" -c 'while [ $1 -gt 0 ] && read -r line; do [[ $line != *ble.serving* ]] || set -- $(($1 - 1)); done' _ "$1" <&"$fd"
  kill "$tail_pid"
  exec {fd}<&-
  [ "$(served)" -ge "$1" ]
}

start_node one greenhouse --name greenhouse --port 0 --no-discovery --ble --ble-adapter "$hci0"
await_count 1 30 || fail_in one "the node does not serve by radio" "$logs/greenhouse.err"
survive "bluetoothd killed once" 'radio daemon kill; radio daemon start; radio ready'
held "$place/before"
for ((i = 0; i < times; i++)); do
  survive "bluetoothd killed" 'radio daemon kill; radio daemon start; radio ready'
done
ok "bluetoothd is killed and started $times times, and the node serves again each time, at most $spell ms after the adapter is up"
spell=0
survive "unplugged" 'radio unplug; radio plug; radio ready'
ok "the adapter is unplugged and plugged, and the node serves again after $took ms"
survive "rfkill" 'radio block hci0; radio unblock hci0; radio up hci0 || true; radio ready'
ok "the adapter is blocked and unblocked, and the node serves again after $took ms"
held "$place/after"
{ read -r descriptors && read -r memory; } <"$place/before"
{ read -r descriptors2 && read -r memory2; } <"$place/after"
[ "$descriptors2" -le "$descriptors" ] && [ -z "$(comm -13 <(tail -n +3 "$place/before") <(tail -n +3 "$place/after"))" ] ||
  fail_in one "there are more threads or descriptors than before" "$place/before" "$place/after" "$logs/greenhouse.err"
threads=$(tail -n +3 "$place/after" | wc -l)
ok "no thread and no descriptor is lost: $threads threads, $descriptors descriptors before, $descriptors2 after ($memory and $memory2 KB)"
given >"$place/given"
grep -qx 'y 1' "$place/given" || fail_in one "bluetoothd holds other than one advertisement" "$place/given"
said=$(grep -c 'ble.away' "$logs/greenhouse.err")
[ "$said" -le "$(served)" ] || fail_in one "the node says more than once that the radio is away" "$logs/greenhouse.err"
ok "bluetoothd holds one advertisement of the node, and each absence was told once"
timed stop_node one greenhouse || fail_in one "SIGTERM" "$logs/greenhouse.err"
ok "the node ends on SIGTERM, after $took ms"
