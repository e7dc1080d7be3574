#!/usr/bin/env bash
# A greenhouse that is simulated obeys the commands of those who may give them, once, also when it is killed meanwhile, and
# answers every one. KILLS says how often it is killed (default 6), FLOOD how many commands come at once (default 400).
. "$(dirname "$0")/lib.bash"
kills=${KILLS:-6}
flood=${FLOOD:-400}
RANDOM=${SEED:-7}
declare -A fpr port

greenhouse() { # words of the node
  start_node greenhouse --port "${port[greenhouse]:-0}" --name greenhouse --profile greenhouse --simulate "$@"
  port[greenhouse]=$node_port
}
serve() { # person
  rm -f "$place/$1.ready"
  as "$1" serve --sync --port "${port[$1]:-0}" --bind 127.0.0.1 --no-discovery --ready-file "$place/$1.ready" >"$place/$1.out" 2>&1 &
  pids+=($!)
  await 30 test -s "$place/$1.ready" || fail "$1 does not serve" "$place/$1.out"
  port[$1]=$(jq -r .port "$place/$1.ready")
  pids+=("$(jq -r .pid "$place/$1.ready")")
}

greenhouse
fpr[greenhouse]=$node_fpr
mau greenhouse export >"$place/greenhouse.asc"
for who in alice mallory; do
  person "$who"
  as "$who" export >"$place/$who.asc"
  fpr[$who]=$(as "$who" show --json | jq -r .fingerprint)
  as "$who" friend "$place/greenhouse.asc" >/dev/null 2>&1 || fail "$who's friends"
  mau greenhouse friend "$place/$who.asc" >/dev/null 2>&1 || fail "the node's friends"
  as "$who" follow greenhouse --address "127.0.0.1:$node_port" >/dev/null 2>&1 || fail "$who follows"
  serve "$who"
  mau greenhouse follow "$who" --address "127.0.0.1:${port[$who]}" >/dev/null 2>&1 || fail "the node follows $who"
done
mau greenhouse groups add gardeners alice >/dev/null 2>&1 || fail "the gardeners"

as alice on greenhouse pump --for 5s --json >"$place/on" 2>"$place/on.err" || fail "on" "$place/on" "$place/on.err" "$place/greenhouse.err"
[ "$(jq -r .result "$place/on")" = applied ] || fail "the pump is not on" "$place/on"
state() { mau greenhouse open pump.json 2>/dev/null; }
state >"$place/state"
jq -e --arg c "$(jq -r .command "$place/on")" '.value == true and ."mau:causedBy"."@id" == $c and ."mau:autoOffAt"' "$place/state" >/dev/null ||
  fail "the state does not tell of the command" "$place/state"
ok "a friend in the group turns the pump on, and the state names her command"
is_off() { state | jq -e '.value == false' >/dev/null; }
await 10 is_off || fail "the pump does not go off by itself" "$place/greenhouse.err"
ok "it goes off by itself"
as mallory on greenhouse pump >"$place/denied" 2>&1
[ $? = 13 ] || fail "a friend without the right" "$place/denied"
ok "a friend without the right is denied ($(head -n 1 "$place/denied"))"

# Commands by hand: each is a file that the shell writes and mau signs.
letters=0123456789ABCDEFGHJKMNPQRSTVWXYZ
ulid() {
  local i id=01
  for ((i = 0; i < 24; i++)); do id+=${letters:RANDOM % 32:1}; done
  echo "$id"
}
# As mau counts: by the milliseconds.
counter=$(date +%s%3N)
command_file() { # ulid, person, channel, counter, recipient, seconds until it expires: writes cmd-ULID.json
  printf '{"@context":["https://schema.org",{"mau":"https://w3id.org/mau-device/v1#"}],"@id":"/p2p/%s/cmd-%s.json.pgp","@type":["ActivateAction","mau:Command"],"name":"by hand","identifier":"%s","agent":{"@type":"Person","name":"%s","identifier":"%s"},"object":{"@id":"/p2p/%s/node.json.pgp#%s","@type":"PropertyValue","name":"%s"},"actionStatus":"PotentialActionStatus","startTime":"%s","mau:recipient":"%s","mau:expires":"%s","mau:counter":%s,"mau:durationSeconds":1}' \
    "${fpr[$2]}" "$1" "$1" "$2" "${fpr[$2]}" "$5" "$3" "$3" "$(date -u -d '-2 minutes' +%FT%TZ)" "$5" "$(date -u -d "$6 seconds" +%FT%TZ)" "$4" \
    >"$place/cmd-$1.json"
}
answer() { # ulid, person: the code
  as "$2" open "res-$1.json" --fingerprint greenhouse 2>/dev/null | jq -re '."mau:resultCode"'
}
gives() { # what, code, channel, counter, recipient, seconds
  local id=$(ulid)
  command_file "$id" alice "${@:3}"
  as alice share "$place/cmd-$id.json" --with greenhouse >/dev/null 2>"$place/share.err" || fail "share" "$place/share.err"
  await 15 answer "$id" alice >"$place/code" || fail "$1: no answer" "$place/greenhouse.err" "$place/cmd-$id.json"
  [ "$(tail -n 1 "$place/code")" = "$2" ] || fail "$1: $(tail -n 1 "$place/code"), not $2" "$place/cmd-$id.json"
}
moves() { mau greenhouse versions pump.json --json | jq length; }
gives "by hand" applied pump $((counter + 5)) "$node_fpr" 60
await 10 is_off || fail "the pump stays on"
before=$(moves)
gives "the counter again" replayed pump $((counter + 5)) "$node_fpr" 60
gives "a counter that goes back" replayed pump $((counter + 4)) "$node_fpr" 60
gives "for another node" denied pump $((counter + 6)) "${fpr[mallory]}" 60
gives "too late" expired pump $((counter + 7)) "$node_fpr" -60
gives "an unknown channel" unknown-channel cellar $((counter + 8)) "$node_fpr" 60
as alice set greenhouse pump 5 --json >"$place/range" 2>"$place/range.err"
[ $? = 13 ] && [ "$(jq -r .result "$place/range")" = out-of-range ] || fail "out of range" "$place/range"
[ "$(moves)" = "$before" ] || fail "the pump moved"
ok "replays, a counter that goes back, another node's, a late one, an unknown channel, a wrong value: each has its code, and the pump rests"

# A flood by somebody without the right, while somebody with it goes on.
for ((i = 0; i < flood; i++)); do
  command_file "$(ulid)" mallory pump $((counter + i)) "$node_fpr" 3600
done
find "$place" -maxdepth 1 -name 'cmd-*.json' -newer "$place/range" -print0 |
  xargs -0 "$top/bin/mau" --home "$place/mallory" share --with greenhouse --passphrase-file "$place/mallory.passphrase" >/dev/null 2>"$place/share.err" ||
  fail "mallory's commands" "$place/share.err"
came() { [ "$(find "$place/greenhouse/${fpr[mallory]}" -name 'cmd-*.pgp' | wc -l)" -ge "$flood" ]; }
await 300 came || fail "mallory's commands do not arrive" "$place/greenhouse.err" "$place/mallory.out"
as alice on greenhouse fan --for 1s >"$place/on" 2>&1 || fail "alice is not heard in the flood" "$place/on" "$place/greenhouse.err"
[ "$(moves)" = "$before" ] || fail "the pump moved in the flood"
ok "$flood commands of somebody without the right move nothing, and keep nobody from being obeyed"
counted() { # of mallory's commands: those with a result of their own, and those that a common result counts
  sleep 1
  as mallory ls greenhouse >/dev/null 2>&1
  local file code own=0 common=0
  for file in "$place/mallory/$node_fpr"/res-*.pgp; do
    [ -f "$file" ] || continue
    code=$(answer "$(basename "${file%.json.pgp}" | cut -c5-)" mallory) || continue
    if [ "$code" = denied ]; then own=$((own + 1)); else common=$((common + 1)); fi
  done
  echo "$own denied, $common common" >"$place/counted"
  [ "$own" -ge 20 ] && [ "$common" -ge 1 ]
}
await 60 counted || fail "mallory's answers" "$place/counted" "$place/greenhouse.err"
ok "they are answered: $(cat "$place/counted") results"

# kill -9 at any moment, with commands under way.
sent=()
for ((kill = 0; kill < kills; kill++)); do
  for n in 1 2; do
    as alice on greenhouse fan --for 1s --no-wait --json 2>>"$place/sent.err" | jq -r .command >>"$place/sent" &
    sending=$!
    sleep "0.$(printf '%03d' $((RANDOM % 900)))"
    [ "$n" = 1 ] || stop KILL "$node_pid"
    wait "$sending"
  done
  greenhouse
done
answered() {
  local address
  while read -r address; do
    address=${address##*/cmd-}
    [ -f "$place/greenhouse/$node_fpr/res-$address" ] || return 1
  done <"$place/sent"
}
await 90 answered || fail "a command has no result" "$place/sent" "$place/greenhouse.err" <(ls "$place/greenhouse/$node_fpr")
mau greenhouse versions fan.json --json | jq -r '.[] | select(.current | not).sha256' >"$place/versions"
{
  mau greenhouse open fan.json
  while read -r version; do mau greenhouse open fan.json --version "$version"; done <"$place/versions"
} 2>/dev/null | jq -r 'select(.value == true) | ."mau:causedBy"."@id"' | sort >"$place/causes"
twice=$(uniq -d "$place/causes")
[ -s "$place/causes" ] || fail "no version of the fan's state" "$place/versions"
[ -z "$twice" ] || fail "carried out twice: $twice"
ok "$kills kills: each of $(wc -l <"$place/sent") commands has its result, and none of the $(wc -l <"$place/causes") that switched did so twice"

stop TERM "$node_pid"
