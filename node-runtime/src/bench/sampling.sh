#!/usr/bin/env bash
# Measures what ten channels at 1 Hz on a simulated board cost, and prints a table: once with dead bands that nothing
# passes, which is the price of looking, and once where each reading is news, which is the price of publishing. SECONDS_EACH
# says how long each is watched (default 60).
. "$(dirname "$(readlink -f "$0")")/../../../bin/common.sh"
set +e
each=${SECONDS_EACH:-60}
build
place=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$place"' EXIT

wakes() { cat "/proc/$1"/task/*/status | awk '/^voluntary/ { sum += $2 } END { print sum }'; }
cpu_ms() { awk '{ print ($14 + $15) * 10 }' "/proc/$1/stat"; }
written() { awk '/^write_bytes:/ { print $2 }' "/proc/$1/io"; }

# Sensors that the kernel reads, with dead bands that nothing passes.
quiet() {
  local last=0 name driver measures unit wiring
  while read -r name driver measures unit wiring; do
    printf '"%s": {"title": "%s", "driver": "%s", "measures": "%s", "unit": "%s",' "$name" "$name" "$driver" "$measures" "$unit"
    [ -z "$wiring" ] || printf ' "wiring": {"bus": 1, "address": "%s"},' "$wiring"
    printf ' "precision": 0.001, "deadBand": 1000000, "periodSeconds": 1}'
    ((++last == 10)) || echo ,
  done <<'END'
air bme280 airTemperature CEL 0x76
damp bme280 relativeHumidity P1 0x76
weight bme280 airPressure A97 0x76
light bh1750 illuminance LUX 0x23
volts ina219 voltage VLT 0x40
amps ina219 current AMP 0x40
watts ina219 power WTT 0x40
outside lm75 airTemperature CEL 0x48
cpu cpu-temperature cpuTemperature CEL
load load systemLoad C62
END
}

# Registers whose numbers are others each second.
busy() {
  local i
  for i in {0..9}; do
    printf '"r%d": {"title": "Register %d", "driver": "i2c-registers", "measures": "count", "unit": "C62",' "$i" "$i"
    printf ' "wiring": {"bus": 1, "address": "0x20", "register": "0x%02x", "bytes": 4},' "$i"
    printf ' "least": 0, "most": 1000000000, "precision": 1, "deadBand": 0, "periodSeconds": 1}'
    ((i == 9)) || echo ,
  done
}

watch() { # what, channels
  { echo '{"name": "ten", "version": 1, "title": "Ten channels at 1 Hz", "channels": {'; "$2"; echo '}}'; } >"$place/ten.json"
  "$top/bin/run" --home "$place/home" --port 0 --bind 127.0.0.1 --no-discovery --no-ble --profile "$place/ten.json" --simulate \
    --ready-file "$place/ready" >/dev/null 2>"$place/log" &
  local node=$!
  until [ -s "$place/ready" ]; do sleep 0.05; kill -0 "$node" || { cat "$place/log"; exit 1; }; done
  sleep 15
  local cpu=$(cpu_ms "$node") woken=$(wakes "$node") bytes=$(written "$node")
  sleep "$each"
  printf '| %s | %s ms | %s | %s KiB |\n' "$1" "$((($(cpu_ms "$node") - cpu) * 60 / each))" \
    "$((($(wakes "$node") - woken) * 60 / each))" "$((($(written "$node") - bytes) * 60 / each / 1024))"
  kill "$node" && wait "$node"
  rm -f "$place/ready"
}

echo "$(uname -m), $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $(date +%F)"
echo
echo '| ten channels at 1 Hz | CPU a minute | threads woken a minute | written a minute |'
echo '| --- | --- | --- | --- |'
watch "nothing is news" quiet
watch "everything is news" busy
