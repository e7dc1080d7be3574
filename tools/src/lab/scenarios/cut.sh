#!/usr/bin/env bash
# 1 MB comes whole from one host to another over a link that is cut ten times.
# guests: two
# seconds: 900
. "$(dirname "$0")/../lib.bash"

hci0=00:AA:01:00:00:00
size=1000000

start_node node greenhouse --name greenhouse --port 0 --no-discovery --ble --ble-adapter "$hci0" --ble-frame 244
as_user node "export LC_ALL=C
  head -c $size /dev/urandom >/share/logs/film && mau --home ~/greenhouse share /share/logs/film --public &&
  mau --home ~/greenhouse export >/share/logs/greenhouse.asc" 120 >"$place/share" 2>&1 || fail_in node "share" "$place/share"
person phone alice
cp "$logs/greenhouse.asc" "$(share_of phone)/"
as_user phone 'MAU_PASSPHRASE_FILE=~/alice.passphrase mau --home ~/alice friend /share/greenhouse.asc' 120 >"$place/friend" 2>&1 ||
  fail_in phone "friend" "$place/friend"

# Cuts the link each time that the file grew by a fiftieth over this connection: what had come before the cut is written after it.
# What is on the disk is what counts, so the disk is asked, with few processes: each takes as long as 10 kB of the file.
cat >"$(share_of phone)/cut" <<CUT
device=/org/bluez/hci0/dev_${hci0//:/_}
held() {
  local all
  all=\$(stat -c %s /home/mau/alice/.mau-node/partial/*/* 2>/dev/null)
  here=\${all:-0}
}
connected() { [[ \$(hcitool con) = *LE* ]]; }
rest() { read -rt 0.1 <>/run/radio/never; }
for cut in 1 2 3 4 5 6 7 8 9 10; do
  until connected; do rest; done
  held
  want=\$((here + $size / 50))
  while [ "\$here" -lt "\$want" ]; do rest; held; done
  case \$cut in
    7) radio daemon kill; radio daemon start; radio ready ;;
    *) dbus-send --system --print-reply --dest=org.bluez \$device org.bluez.Device1.Disconnect >/dev/null ;;
  esac
  echo "cut \$cut at \$here, \$(cut -d' ' -f1 /proc/uptime) s"
done >/share/cuts
CUT
in_guest phone 'bash /share/cut' 800 >"$place/cutter" 2>&1 &
pids+=($!)
cuts=$(share_of phone)/cuts
mau_seconds=800 mau phone alice ble get "$hci0" film --output /home/mau/film --retry 20 --json >"$place/get" 2>&1 ||
  fail_in phone "the file does not come" "$place/get" "$cuts" "$logs/greenhouse.err"
sed -n '/^{/,/^}/p' "$place/get" >"$place/got"
as_user phone 'sha256sum <~/film' >"$place/sum" && as_user node 'sha256sum </share/logs/film' >"$place/sum.sent"
cmp -s "$place/sum" "$place/sum.sent" || fail_in phone "other bytes came" "$place/sum" "$place/sum.sent"
jq -e '.cuts >= 10' "$place/got" >/dev/null || fail_in phone "it was not cut ten times" "$place/got" "$cuts"
ok "1 MB comes whole although the link is cut $(jq .cuts "$place/got") times"
transferred=$(jq .bytes "$place/got")
message=$(jq '.size' "$place/got")
[ "$transferred" -le "$message" ] || fail_in phone "$transferred bytes were fetched for $message" "$place/got" "$place/get"
ok "each time it goes on at the byte where it was ($transferred bytes were fetched for a message of $message)"
