#!/usr/bin/env bash
# What is in a sensor's registers is in a signed reading within a period; a chip that vanishes is a fault, and ok when it returns.
# seconds: 420
. "$(dirname "$0")/../lib.bash"

period=5
bus=$(in_guest one 'chips bus && chips warm 61 && chips air && chips plug lm75 && chips plug bmp280') ||
  fail_in one "no chips: $bus"
cat >"$(share_of one)/shed.json" <<PROFILE
{
  "name": "shed", "version": 1, "title": "A shed with the chips of the lab",
  "channels": {
    "soil": {"title": "Soil", "driver": "lm75", "wiring": {"bus": $bus, "address": "0x48"}, "measures": "airTemperature",
      "unit": "CEL", "periodSeconds": $period, "precision": 0.1, "readers": "public"},
    "air": {"title": "Air", "driver": "bmp280", "wiring": {"bus": $bus, "address": "0x76"}, "measures": "airTemperature",
      "unit": "CEL", "periodSeconds": $period, "precision": 0.01, "readers": "public"},
    "pressure": {"title": "Pressure", "driver": "bmp280", "wiring": {"bus": $bus, "address": "0x76"}, "measures": "airPressure",
      "unit": "A97", "periodSeconds": $period, "precision": 0.01, "readers": "public"}
  }
}
PROFILE
start_node one board --port 0 --bind 127.0.0.1 --no-discovery --profile /share/shed.json
person one alice
mau one board export >"$place/board.asc" 2>"$place/export" && cp "$place/board.asc" "$(share_of one)/" || fail_in one "export" "$place/export"
mau one alice friend /share/board.asc >"$place/friend" 2>&1 && mau one alice follow "$node_fpr" >>"$place/friend" 2>&1 ||
  fail_in one "alice follows" "$place/friend"

# What alice holds of a channel, fetched anew, and verified before it is shown; in $place/CHANNEL.
reading() { # channel
  as_user one "export MAU_PASSPHRASE_FILE=~/alice.passphrase
    mau --home ~/alice sync $node_fpr --address 127.0.0.1:$node_port >&2 && mau --home ~/alice verify $1.json --fingerprint $node_fpr >&2 &&
    mau --home ~/alice open $1.json --fingerprint $node_fpr --output ~/$1.shown >&2 && cp ~/$1.shown /share/$1.shown" 180 >"$place/fetch" 2>&1 ||
    return
  cp "$(share_of one)/$1.shown" "$place/$1"
}

holds() { # channel, condition in jq's words
  reading "$1" && jq -e "$2" "$place/$1" >/dev/null
}

# The chip is touched in the guest, whose clock the readings are by; prints when, in its seconds.
touch_chip() { # words of chips...
  in_guest one "date +%s && chips ${*@Q}" | tail -n 1
}

# How long after a time a reading was taken, in $after.
taken_after() { # time, channel
  after=$(jq --argjson then "$1" '(.observationDate | fromdate) - $then' "$place/$2")
}

await 90 holds soil '.value == 30.5 and .["mau:quality"] == "ok"' || fail_in one "the lm75" "$place/soil" "$place/fetch" "$logs/board.err"
ok "an lm75 behind the kernel's driver is in a reading that alice fetched and verified"
holds air '.value == 25.08' && holds pressure '.value == 1006.53' || fail_in one "the bmp280" "$place/air" "$place/pressure" "$place/fetch"
ok "so is a bmp280, by both that it measures"

then=$(touch_chip warm -19)
await 90 holds soil '.value == -9.5' || fail_in one "the new value" "$place/soil" "$place/fetch"
taken_after "$then" soil
# The chip's own time between two conversions, and a second by which both clocks are cut, come to the period.
[ "$after" -le $((period + 3)) ] || fail_in one "it is in a reading of $after s later" "$place/soil"
ok "what i2cset writes is in a signed reading $after s later, with a period of $period s"

touch_chip unplug lm75 >/dev/null
await 120 holds soil '.["mau:quality"] == "fault"' || fail_in one "no fault" "$place/soil" "$place/fetch" "$logs/board.err"
jq -e '.value == -9.5' "$place/soil" >/dev/null || fail_in one "the fault has not the last good value" "$place/soil"
ok "a chip that vanished is a signed fault with the last good value"
holds air '.["mau:quality"] == "ok"' || fail_in one "the other chip" "$place/air"
ok "it stops no other channel"
touch_chip warm 40 >/dev/null
touch_chip plug lm75 >/dev/null
await 150 holds soil '.["mau:quality"] == "ok" and .value == 20' || fail_in one "it does not come back" "$place/soil" "$place/fetch" "$logs/board.err"
ok "it is ok when it comes back"

stop_node one board || fail_in one "it does not stop" "$logs/board.err"
in_guest one 'chips unplug lm75; chips unplug bmp280' >/dev/null
