#!/usr/bin/env bash
# A node on hci0 is reached from hci1 with mau ble alone: the same lists, files and rules as over a network.
# seconds: 900
. "$(dirname "$0")/../lib.bash"

hci0=00:AA:01:00:00:00
hci1=00:AA:01:01:00:01

ble() { # account, words...
  local name=$1
  shift
  mau one "$name" ble "$@" --adapter "$hci1" >"$place/words"
  local status=$?
  # A guest's command has one stream for both; what is said for people is left out.
  grep -vE '^(mau: |WARNING: |$)' "$place/words"
  return "$status"
}
kept() { # file of the node's home: what it holds
  as_user one "cat ~/greenhouse/$1"
}

start_node one greenhouse --name greenhouse --port 0 --no-discovery --ble --ble-adapter "$hci0" --ble-frame 509 \
  --profile greenhouse --simulate
person one alice
person one mallory
alice=$(mau one alice show --json | jq -r .fingerprint)
as_user one '
  set -e
  mau --home ~/greenhouse export >~/greenhouse.asc
  export MAU_PASSPHRASE_FILE=~/alice.passphrase
  mau --home ~/alice export >~/alice.asc
  mau --home ~/alice friend ~/greenhouse.asc
  mau --home ~/alice follow greenhouse
  unset MAU_PASSPHRASE_FILE
  mau --home ~/greenhouse friend ~/alice.asc
  mau --home ~/greenhouse follow alice
  mau --home ~/greenhouse groups add gardeners alice
  head -c 200000 /dev/urandom >~/mau-plan
  mau --home ~/greenhouse share ~/mau-plan --with alice
  export MAU_PASSPHRASE_FILE=~/mallory.passphrase
  mau --home ~/mallory friend ~/greenhouse.asc
  mau --home ~/mallory export >~/mallory.asc
  unset MAU_PASSPHRASE_FILE
  mau --home ~/greenhouse friend ~/mallory.asc
  mau --home ~/greenhouse follow mallory
' 300 >"$place/friends" 2>&1 || fail_in one "friends" "$place/friends"

mau_seconds=120 ble alice scan --for 15 --json >"$place/scan" 2>"$place/scan.err" || fail_in one "scan" "$place/scan"*
jq -se --arg a "$hci0" --arg h "${node_fpr:0:12}" 'flatten | any(.address == $a and .hint == $h)' "$place/scan" >/dev/null ||
  fail_in one "scan does not tell of the node" "$place/scan"*
ok "scan tells of the node by the first bytes of its fingerprint"

ble alice info "$hci0" --json >"$place/info" 2>"$place/info.err" || fail_in one "info" "$place/words"
jq -e --arg f "$node_fpr" '.proved and .fingerprint == $f' "$place/info" >/dev/null || fail_in one "the node does not prove itself" "$place/info"
ok "it proves its fingerprint ($(jq -r '"MTU \(.mtu), proof \(.proofMillis) ms, answer \(.answerMillis) ms after the connection"' "$place/info"))"

timed ble alice get "$hci0" load.json >"$place/load" || fail_in one "the reading of load" "$place/words"
jq -e '."@type"' "$place/load" >/dev/null || fail_in one "what is shown is no reading" "$place/load"
proof=$(jq .proofMillis "$place/info")
fetched=$(sed -n 's/.*: [0-9]* bytes in \([0-9]*\)\.\([0-9]\) s.*/\1\200/p' "$place/words")
[ $((proof + fetched)) -le 10000 ] || fail_in one "the first reading takes $proof ms of proof and $fetched ms from the connection" "$place/words"
ok "a signed reading is on the screen $((proof + fetched)) ms after the connection: the proof $proof ms, the file $fetched ms ($took ms with the program's start, the search and its end)"

ble alice ls "$hci0" --json >"$place/ls" 2>"$place/ls.err" || fail_in one "ls" "$place/ls"*
ble mallory ls "$hci0" --json >"$place/ls-mallory" 2>"$place/ls-mallory.err" || fail_in one "ls of a stranger" "$place/ls-mallory"* "$place/words"
for list in ls ls-mallory; do
  jq -r '.[] | .name // .file' "$place/$list" | sort >"$place/$list.names"
done
grep -q '^mau-plan' "$place/ls.names" && grep -q '^load' "$place/ls.names" || fail_in one "the friend's list" "$place/ls"
grep -q '^load' "$place/ls-mallory.names" && ! grep -q plan "$place/ls-mallory.names" || fail_in one "the stranger's list" "$place/ls-mallory"
ok "a friend is shown what is sealed for her, a stranger what is public"

ble mallory get "$hci0" mau-plan >"$place/stolen" && fail_in one "a stranger gets a sealed file" "$place/stolen"
ok "a stranger is refused a sealed file: $(grep '^mau: ' "$place/words" | cut -c6-90)"

ble alice get "$hci0" mau-plan --output /home/mau/mau-plan.got --json >"$place/get" 2>"$place/get.err" || fail_in one "get" "$place/words"
as_user one 'cmp ~/mau-plan ~/mau-plan.got' >"$place/cmp" 2>&1 || fail_in one "other bytes came" "$place/cmp"
ok "200 kB come whole, verified ($(jq -r '"\(.bytes) bytes in \(.millis) ms, \(.bytes * 1000 / .millis / 1024 * 10 | round / 10) KiB/s"' "$place/get"))"

as_user one 'export MAU_PASSPHRASE_FILE=~/alice.passphrase; echo "from alice" >~/note.txt; mau --home ~/alice share ~/note.txt --public' 120 >"$place/share" 2>&1 ||
  fail_in one "share" "$place/share"
ble alice sync "$hci0" --json >"$place/sync" 2>"$place/sync.err" || fail_in one "sync" "$place/words"
as_user one "ls ~/alice/$node_fpr" >"$place/held" 2>&1 && grep -q plan "$place/held" || fail_in one "alice does not hold the node's files" "$place/held" "$place/sync"
kept "$alice/note.txt.pgp" >/dev/null 2>"$place/note" || fail_in one "the node does not hold alice's note" "$place/note" "$place/sync"
ok "one connection syncs both ways"

mau one alice on greenhouse pump --for 5s --ble --adapter "$hci1" --json >"$place/on" 2>&1 || fail_in one "on" "$place/on" "$logs/greenhouse.err"
[ "$(grep -o '"result": *"[a-z]*"' "$place/on")" = '"result": "applied"' ] || fail_in one "the pump is not on" "$place/on"
mau one mallory on greenhouse pump --ble --adapter "$hci1" >"$place/denied" 2>&1
[ $? = 13 ] || fail_in one "mallory switches the pump" "$place/denied"
ok "a command by radio turns the pump on; one without the right is denied: $(grep '^denied' "$place/denied")"

radio one daemon kill && radio one daemon start && radio one ready || fail_in one "bluetoothd does not come back"
ble alice info "$hci0" --json >"$place/info" 2>"$place/info.err" || fail_in one "the node is not back after bluetoothd was killed" "$place/info"* "$logs/greenhouse.err"
ok "bluetoothd is killed and comes back, and so does the node"

timed stop_node one greenhouse || fail_in one "SIGTERM" "$logs/greenhouse.err"
ok "the node ends on SIGTERM, after $took ms"
