#!/usr/bin/env bash
# Two nodes in two networks joined by one cable, which were told no address: they find each other, keep in sync when the
# cable is pulled and put back, are not led astray by who announces another's name, and are quiet while nothing happens.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/namespaces.bash"
skip_without_networks

add_network left && add_network right && join_networks left 10.77.0.1/24 right 10.77.0.2/24 || fail "two networks"
alone=()
now_ms() { echo $(($(date +%s%N) / 1000000)); }
within() { # milliseconds, command...
  local deadline=$(($(now_ms) + $1))
  shift
  until "$@"; do
    [ "$(now_ms)" -lt "$deadline" ] || return 1
    sleep 0.02
  done
}
start_in() { # network, name, words...
  inside=(ip netns exec "$networks_id-$1")
  shift
  start_node "$@"
}

# They get to know each other before they meet.
declare -A fpr pid
for who in left right; do
  start_in "$who" "$who" --port 0 --no-discovery
  fpr[$who]=$node_fpr
  mau "$who" export >"$place/$who.asc" 2>/dev/null || fail "export"
  stop TERM "$node_pid"
done
inside=()
for who in left right; do
  for other in left right; do
    if [ "$who" != "$other" ]; then
      { mau "$who" friend "$place/$other.asc" && mau "$who" follow "${fpr[$other]}"; } >/dev/null 2>&1 || fail "friends"
    fi
  done
done
holds() { [ -f "$place/$1/${fpr[$2]}/$3" ]; }
meet() { holds left right node.json.pgp && holds right left node.json.pgp; }

start_in left left
pid[left]=$node_pid
await 20 test -f "$place/left/${fpr[left]}/node.json.pgp" || fail "left publishes nothing" "$place/left.err"
began=$(now_ms)
start_in right right
pid[right]=$node_pid
within "${MEET_WITHIN:-5000}" meet || fail "not in sync 5 s after the second one's start" "$place/left.err" "$place/right.err"
ok "told no address, both have the other's files $(($(now_ms) - began)) ms after the second one's start"

publish() { # who, name
  inside=()
  printf 'from %s: %s\n' "$1" "$2" >"$place/$2.txt"
  local by=mau
  [ ! -f "$place/$1.passphrase" ] || by=as
  "$by" "$1" share "$place/$2.txt" --public >/dev/null 2>"$place/share.err" || fail "$1 shares" "$place/share.err"
}
ip -n "$networks_id-left" link set to-right down
publish left unplugged
sleep 3
! holds right left unplugged.txt.pgp || fail "news went through a cable that is pulled"
ip -n "$networks_id-left" link set to-right up
within 10000 holds right left unplugged.txt.pgp || fail "not in sync 10 s after the cable is back" "$place/left.err" "$place/right.err"
publish right back
within 10000 holds left right back.txt.pgp || fail "left is not in sync 10 s after the cable is back" "$place/left.err" "$place/right.err"
ok "a cable pulled and put back: in sync within 10 s, both ways"

if command -v avahi-daemon >/dev/null && command -v avahi-browse >/dev/null && command -v dbus-daemon >/dev/null; then
  cat >"$place/bus.conf" <<BUS
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>custom</type><listen>unix:path=$place/bus</listen><auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/><allow user="*"/>
  </policy>
</busconfig>
BUS
  dbus-daemon --config-file="$place/bus.conf" --nofork --nopidfile >"$place/dbus.out" 2>&1 &
  pids+=($!)
  await 10 test -S "$place/bus" || fail "D-Bus" "$place/dbus.out"
  export DBUS_SYSTEM_BUS_ADDRESS=unix:path=$place/bus
  # Where avahi keeps its process id is fixed: it gets a place of its own there, so that another one may run.
  ip netns exec "$networks_id-left" unshare --mount sh -c 'mount -t tmpfs none /run && mkdir /run/avahi-daemon &&
    exec avahi-daemon --no-chroot --no-drop-root --no-proc-title --file=/dev/null' >"$place/avahi.out" 2>&1 &
  pids+=($!)
  await 15 grep -q 'startup complete' "$place/avahi.out" || fail "avahi" "$place/avahi.out"
  browses_both() {
    in_network left avahi-browse -rpt _mau._tcp >"$place/browse" 2>&1
    grep -q "^=.*;${fpr[left]};_mau._tcp;.*;10.77.0.1;" "$place/browse" &&
      grep -q "^=.*;${fpr[right]};_mau._tcp;.*;10.77.0.2;" "$place/browse"
  }
  await 15 browses_both || fail "avahi-browse does not show both" "$place/browse"
  ok "avahi-browse -r _mau._tcp shows both"

  # Mallory serves under her own key, and says by mDNS that she is right, who is away: nobody objects.
  stop TERM "${pid[right]}"
  stop TERM "${pid[left]}"
  start_in left mallory --port 7001 --no-discovery
  in_network left avahi-publish-service "${fpr[right]}" _mau._tcp 7001 >"$place/liar" 2>&1 &
  pids+=($!)
  await 15 grep -q Established "$place/liar" || fail "the liar" "$place/liar"
  # What worked before would be tried first.
  rm -f "$place/left/.mau-node/places.json" "$place/left/.mau-node/contacts.json"
  start_in left left
  pid[left]=$node_pid
  await 30 grep -q "7001.*answers\|answers at.*7001\|10.77.0.1:7001" "$place/left.err" ||
    fail "no line in the log about the liar" "$place/left.err" "$place/liar"
  ok "one who announces another's name gains a line in the log"
  start_in right right
  pid[right]=$node_pid
  publish right honest
  within 20000 holds left right honest.txt.pgp || fail "a liar kept left from right" "$place/left.err"
  ok "and left still reaches the real one"
  inside=(ip netns exec "$networks_id-left")
  mau left find "${fpr[right]}" >"$place/found" 2>&1 || fail "find" "$place/found"
  grep -q '10.77.0.2:6275.*proved' "$place/found" || fail "find" "$place/found"
  ok "mau find tells where it was found"
  for who in left right; do stop TERM "${pid[$who]}"; done
else
  printf 'skipped %s: avahi is not installed here\n' "$scenario"
  for who in left right; do stop TERM "${pid[$who]}"; done
fi

# People who serve and follow, for a node's readings are news themselves.
inside=()
for who in ann ben; do
  person "$who"
  as "$who" export >"$place/$who.asc" || fail "export"
  fpr[$who]=$(as "$who" show --json | jq -r .fingerprint)
done
as ann friend "$place/ben.asc" >/dev/null 2>&1 && as ben friend "$place/ann.asc" >/dev/null 2>&1 &&
  as ben follow "${fpr[ann]}" >/dev/null 2>&1 || fail "friends"
serve_in() { # network, who
  MAU_PASSPHRASE_FILE=$place/$2.passphrase ip netns exec "$networks_id-$1" "$top/bin/mau" --home "$place/$2" \
    serve --sync --no-upnp --ready-file "$place/$2.ready" >"$place/$2.out" 2>&1 &
  pids+=($!)
  await 30 test -s "$place/$2.ready" || fail "$2 does not serve" "$place/$2.out"
}
serve_in left ann
serve_in right ben
waits() { as ben peers --json | jq -e '.[] | select(.fingerprint == "'"${fpr[ann]}"'") | .phase == "waiting"' >/dev/null 2>&1; }
await 20 waits || fail "ben does not wait for news" "$place/ben.out" <(as ben peers --json 2>&1)
packets() { in_network left cat /sys/class/net/to-right/statistics/{rx,tx}_packets | awk '{ sum += $1 } END { print sum }'; }
quiet=${QUIET:-20}
# What mDNS and the overlay have to say at first is said by then.
sleep "${SETTLE:-40}"
before=$(packets)
sleep "$quiet"
idle=$(($(packets) - before))
[ "$idle" -le "$quiet" ] || fail "$idle packets in $quiet s in which nothing happened"
ok "while nothing happens there is no polling: $idle packets on the cable in $quiet s"
before=$(packets)
publish ann news 2>/dev/null || fail "publish"
began=$(now_ms)
within 1000 holds ben ann news.txt.pgp || fail "news took longer than a second" "$place/ann.out" "$place/ben.out"
ok "what ann publishes is with ben in $(($(now_ms) - began)) ms, in $(($(packets) - before)) packets"
