#!/usr/bin/env bash
# What is in a sensor's registers is in a signed reading within a period; a chip that vanishes is a fault, and ok when it returns.
# seconds: 600
. "$(dirname "$0")/../lib.bash"

period=5
bus=$(in_guest one 'chips bus && chips warm 61 && chips air && chips plug lm75 && chips plug bmp280') ||
  fail_in one "no chips: $bus"
cat >"$(share_of one)/shed.json" <<PROFILE
{
  "name": "shed", "version": 1, "title": "A shed with the chips of the lab",
  "channels": {
    "soil": {"title": "Soil", "driver": "lm75", "wiring": {"bus": $bus, "address": "0x48"}, "measures": "airTemperature",
      "unit": "CEL", "periodSeconds": $period, "precision": 0.1, "deadBand": 0, "readers": "public"},
    "air": {"title": "Air", "driver": "bmp280", "wiring": {"bus": $bus, "address": "0x76"}, "measures": "airTemperature",
      "unit": "CEL", "periodSeconds": $period, "precision": 0.01, "deadBand": 0, "readers": "public"},
    "pressure": {"title": "Pressure", "driver": "bmp280", "wiring": {"bus": $bus, "address": "0x76"}, "measures": "airPressure",
      "unit": "A97", "periodSeconds": $period, "precision": 0.01, "deadBand": 0, "readers": "public"}
  }
}
PROFILE
alice_and board
"$top/bin/lab" put one "$place/homes" && in_guest one 'cp -r /share/homes/. /home/mau && chown -R mau:mau /home/mau' >"$place/put" 2>&1 ||
  fail_in one "the accounts" "$place/put"
start_node one board --port 0 --bind 127.0.0.1 --no-discovery --no-ble --passphrase-file /home/mau/board.passphrase \
  --profile /share/shed.json --write-every 0 # the file is looked at on the disk, to know when alice is to fetch

# Alice fetches, in the guest, and shows here.
fetch_all() {
  as_user one "MAU_PASSPHRASE_FILE=~/alice.passphrase mau --home ~/alice sync $node_fpr --address 127.0.0.1:$node_port" 240 >"$place/fetch" 2>&1 &&
    in_guest one "cp -r /home/mau/alice/$node_fpr /share/" >>"$place/fetch" 2>&1 || fail_in one "alice's sync" "$place/fetch" "$logs/board.err"
  rm -rf "$place/homes/alice/$fingerprint" && mv "$(share_of one)/$node_fpr" "$place/homes/alice/"
}

# Touches the lm75, in the guest, whose clock the readings are by, and waits for the node's next file about it; then alice
# fetches. When it was touched is in $touched.
touch_chip() { # seconds, words of chips...
  local seconds=$1
  shift
  touched=$(in_guest one "touch /run/before && date +%s && chips ${*@Q} && file=/home/mau/board/$node_fpr/soil.json.pgp
    for ((i = 0; i < $seconds * 5; i++)); do [ \$file -nt /run/before ] && exit; sleep 0.2; done; exit 1" $((seconds * 3 + 60))) ||
    fail_in one "nothing new of soil $seconds s after chips $*" "$logs/board.err"
  touched=${touched%%$'\n'*}
  fetch_all
}

await 60 in_guest one "cd /home/mau/board/$node_fpr && ls soil.json.pgp air.json.pgp pressure.json.pgp" >"$place/files" 2>&1 ||
  fail_in one "no readings" "$place/files" "$logs/board.err"
fetch_all
shows soil '.value == 30.5 and .["mau:quality"] == "ok"'
ok "an lm75 behind the kernel's driver is in a reading that alice fetched and verified"
shows air '.value == 25.08'
shows pressure '.value == 1006.53'
ok "so is a bmp280, by both that it measures"

touch_chip 30 warm -19
shows soil '.value == -9.5'
after=$(jq --argjson touched "$touched" '(.observationDate | fromdate) - $touched' "$place/soil")
# The chip's own time between two conversions, and a second by which both clocks are cut, come to the period.
[ "$after" -le $((period + 3)) ] || fail_in one "it is in a reading of $after s later" "$place/soil"
ok "what i2cset writes is in a signed reading $after s later, with a period of $period s"

touch_chip 30 unplug lm75
shows soil '.["mau:quality"] == "fault" and .value == -9.5'
ok "a chip that vanished is a signed fault with the last good value"
in_guest one 'chips warm 40' || fail_in one "warm"
touch_chip 120 plug lm75
shows soil '.["mau:quality"] == "ok" and .value == 20'
ok "it is ok when it comes back"
shows air '.value == 25.08 and .["mau:quality"] == "ok"'
ok "the other chip was ok all the time"

stop_node one board || fail_in one "it does not stop" "$logs/board.err"
in_guest one 'chips unplug lm75; chips unplug bmp280' >/dev/null
