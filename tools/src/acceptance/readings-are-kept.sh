#!/usr/bin/env bash
# What a simulated greenhouse measured is asked for by somebody who follows it: as a table, CSV, JSON and a plot; each
# reading once, over a restart of the node, and by the node's owner too.
. "$(dirname "$0")/lib.bash"

# A current drifts at any hour; the light of the simulated greenhouse stands still from six to six.
cat >"$place/quick.json" <<'JSON'
{"name": "quick", "version": 1, "title": "A greenhouse that is measured every second", "channels": {
  "air": {"title": "Air temperature", "driver": "bme280", "wiring": {"bus": 1, "address": "0x76"},
    "measures": "airTemperature", "unit": "CEL", "periodSeconds": 1, "precision": 0.01, "deadBand": 0},
  "supply": {"title": "Supply current", "driver": "ina219", "wiring": {"bus": 1, "address": "0x40"},
    "measures": "current", "unit": "AMP", "periodSeconds": 1, "precision": 0.0001, "deadBand": 0}
}}
JSON
house() {
  start_node house --port 0 --name house --profile "$place/quick.json" --simulate
  house_pid=$node_pid
}
house
house_fpr=$node_fpr
person alice
mau house export >"$place/house.asc" 2>/dev/null || fail "export"
{ as alice friend "$place/house.asc" && as alice follow house --address "127.0.0.1:$node_port"; } >/dev/null 2>&1 ||
  fail "alice does not follow the house"

synced() { as alice sync house >"$place/sync.out" 2>"$place/sync.err"; }
asked() { as alice readings house "$@" 2>"$place/asked.err"; }
# Readings of the current that alice has.
count() { asked supply --json | jq '.readings | length'; }
has() { synced && [ "$(count)" -ge "$1" ]; }
await 60 has 1 || fail "no reading arrives" "$place/sync.err" "$place/asked.err" "$place/house.err"

# At its end the node writes the hour that goes on.
recorded() { [ "$(curl -sk "$node_url/supply.json.pgp" | sha256sum)" != "$first" ]; }
first=$(curl -sk "$node_url/supply.json.pgp" | sha256sum)
await 30 recorded || fail "the current does not change" "$place/house.err"
sleep 6
stop TERM "$house_pid"
house
as alice follow house --address "127.0.0.1:$node_port" >/dev/null 2>&1
await 60 has 5 || fail "the hour does not arrive" "$place/sync.err" "$place/asked.err" "$place/house.err"

asked supply --json >"$place/supply.json" || fail "JSON" "$place/asked.err"
jq -e --arg node "$house_fpr" '.node == $node and .channel == "supply" and .unit == "A"
  and ([.readings[].sequence] | . == unique)
  and all(.readings[]; (.value | type) == "number" and .quality == "simulated")
  and .statistics.readings == (.readings | length)
  and .statistics.least <= .statistics.mean and .statistics.mean <= .statistics.most' \
  "$place/supply.json" >/dev/null ||
  fail "the document of readings" "$place/supply.json"
ok "a batch and the latest reading of a node are one history of $(jq '.readings | length' "$place/supply.json") readings, each once"

asked supply >"$place/table" || fail "the table" "$place/asked.err"
grep -Eq '^[0-9-]{10} [0-9:]{8}  [0-9.]+ A +simulated +[0-9]+$' "$place/table" || fail "the table" "$place/table"
grep -q 'readings: least .* most .* mean .*simulated' "$place/asked.err" || fail "the statistics" "$place/asked.err"
asked supply --csv >"$place/supply.csv" || fail "CSV" "$place/asked.err"
[ "$(head -n 1 "$place/supply.csv" | tr -d '\r')" = time,value,unit,quality,sequence,missing ] || fail "CSV" "$place/supply.csv"
[ "$(tail -n +2 "$place/supply.csv" | wc -l)" -ge "$(jq '.readings | length' "$place/supply.json")" ] || fail "CSV" "$place/supply.csv"
ok "the same as a table with statistics, and as CSV"

COLUMNS=72 LC_ALL=C.UTF-8 TERM=xterm asked supply --plot >"$place/plot" || fail "the plot" "$place/asked.err"
grep -q '┤.*[•│]' "$place/plot" || fail "the plot" "$place/plot"
COLUMNS=72 LC_ALL=C asked supply --plot >"$place/plain" || fail "the plain plot" "$place/asked.err"
if LC_ALL=C grep -q '[^ -~]' "$place/plain"; then fail "the plain plot is not ASCII" "$place/plain"; fi
[ "$(awk '{ if (length > most) most = length } END { print most }' < <(head -n 17 "$place/plain"))" -le 72 ] ||
  fail "the plot is wider than the terminal" "$place/plain"
ok "a plot that fits the terminal, and one of plain ASCII"

last=$(jq -r '.readings[-1].time' "$place/supply.json")
[ "$(asked supply --json --since "$last" | jq -r '.readings[0].time')" = "$last" ] || fail "--since" "$place/asked.err"
mau house readings house air --since 24h >"$place/own" 2>&1 || fail "the owner's view" "$place/own"
ok "--since begins where it says; the node's owner reads its own home"

says() { # exit code, pattern, words...
  local code=$1 pattern=$2 got
  shift 2
  asked "$@" >"$place/said"
  got=$?
  [ "$got" = "$code" ] && [ ! -s "$place/said" ] && grep -q "$pattern" "$place/asked.err" ||
    fail "$* ended with $got" "$place/asked.err" "$place/said"
}
says 10 'did you mean "supply"' suplpy
says 10 'there are some from' supply --since 2100-01-01
says 2 'no time' supply --since never
person bob
as bob friend "$place/house.asc" >/dev/null 2>&1
as bob readings house supply >"$place/said" 2>"$place/asked.err"
[ $? = 10 ] && grep -q 'house is not followed' "$place/asked.err" || fail "who does not follow" "$place/asked.err"
ok "an unknown channel, an empty span and a node that is not followed are told apart"
