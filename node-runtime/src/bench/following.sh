#!/usr/bin/env bash
# Measures what it costs to follow: a node that waits for news of PEERS accounts (default 20), each served by a process of
# its own, beside the same node that follows nobody; then how long a post takes from any of them to the node. Prints two
# tables for docs/footprint.md. In a network of its own where that is allowed, so that every packet is theirs. REST says for
# how many seconds it is watched at rest (default 300: a peer is asked anew after 180 to 240 s); POSTS how many posts are
# timed (default 20).
. "$(dirname "$(readlink -f "$0")")/../../../bin/common.sh"
set +e
peers=${PEERS:-20}
rest=${REST:-300}
posts=${POSTS:-20}
build

if [ "${1:-}" != alone ]; then
  unshare -rn ip link set lo up 2>/dev/null && exec unshare -rn "$0" alone
else
  ip link set lo up
fi
place=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -rf "$place"' EXIT
printf 'a passphrase\n' >"$place/passphrase"
chmod 600 "$place/passphrase"

rss() { awk '/^Rss:/ { printf "%.1f MB", $2 / 1024 }' "/proc/$1/smaps_rollup"; }
pss() { awk '/^Pss:/ { printf "%.1f MB", $2 / 1024 }' "/proc/$1/smaps_rollup"; }
threads() { awk '/^Threads:/ { print $2 }' "/proc/$1/status"; }
descriptors() { find "/proc/$1/fd" -mindepth 1 | wc -l; }
cpu_ms() { awk '{ print ($14 + $15) * 10 }' "/proc/$1/stat"; }
wakes() { cat "/proc/$1"/task/*/status | awk '/^voluntary/ { sum += $2 } END { print sum }'; }
packets() { awk '$1 == "lo:" { print $3 }' /proc/net/dev; }
# What the kernel counts of a connection: segments that carried something, as each request does.
told() { ss -Htnpi state established 2>/dev/null | grep -A1 "pid=$1," | grep -o 'data_segs_out:[0-9]*' | awk -F: '{ sum += $2 } END { print sum + 0 }'; }
connections() { ss -Htnp state established 2>/dev/null | grep -c "pid=$1,"; }
now_ms() { echo $(($(date +%s%N) / 1000000)); }
row() { printf '| %s | %s | %s |\n' "$@"; }
field() { sed 's/.*"'"$2"'":"\{0,1\}\([0-9a-f]*\).*/\1/' "$place/$1.ready"; }

mau() { # home, words...
  local home=$place/$1
  shift
  "$top/bin/mau" --home "$home" --passphrase-file "$place/passphrase" "$@" 2>>"$place/mau.log"
}

wait_for() { # seconds, command...
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || fail "gave up on: $*"
    sleep 0.02
  done
}

# One that publishes nothing by itself: what is counted is the waiting.
serve() { # home, words...
  local home=$1
  shift
  rm -f "$place/$home.ready"
  "$top/bin/mau" --home "$place/$home" --passphrase-file "$place/passphrase" serve --bind 127.0.0.1 --port 0 \
    --ready-file "$place/$home.ready" "$@" >>"$place/$home.log" 2>&1 &
  served=$!
  wait_for 60 test -s "$place/$home.ready"
}

waiting() { mau node peers --json | jq -e "[.[] | select(.phase == \"waiting\")] | length == $1" >/dev/null; }

a_minute() { awk -v n="$1" -v ms="$2" 'BEGIN { printf "%.1f", n * 60000 / ms }'; }

# What stands in a row: names as shell variables beginning with $1.
watch_at_rest() { # prefix, seconds
  local pid=$served cpu woken seen said began
  sleep 20
  cpu=$(cpu_ms "$pid") woken=$(wakes "$pid") seen=$(packets) said=$(told "$pid") began=$(now_ms)
  sleep "$2"
  local took=$(($(now_ms) - began))
  printf -v "$1_cpu" %s "$((($(cpu_ms "$pid") - cpu) * 60000 / took)) ms"
  printf -v "$1_wakes" %s "$((($(wakes "$pid") - woken) * 60000 / took))"
  printf -v "$1_packets" %s "$(a_minute $(($(packets) - seen)) "$took")"
  printf -v "$1_requests" %s "$(a_minute $(($(told "$pid") - said)) "$took")"
  printf -v "$1_rss" %s "$(rss "$pid")"
  printf -v "$1_pss" %s "$(pss "$pid")"
  printf -v "$1_threads" %s "$(threads "$pid")"
  printf -v "$1_descriptors" %s "$(descriptors "$pid")"
  printf -v "$1_connections" %s "$(connections "$pid")"
}

mau node init --name node --email node@example.org >/dev/null || fail "init" 
mau node export >"$place/node.asc"
node_pid=
for ((i = 1; i <= peers; i++)); do
  mau "peer$i" init --name "peer$i" --email "peer$i@example.org" >/dev/null
  mau "peer$i" export >"$place/peer$i.asc"
  mau "peer$i" friend "$place/node.asc" >/dev/null
  mau node friend "$place/peer$i.asc" >/dev/null
  serve "peer$i"
done

serve node --sync
watch_at_rest alone $((rest / 4))
kill "$served"
wait "$served"

for ((i = 1; i <= peers; i++)); do
  mau node follow "$(field "peer$i" fingerprint)" --address "127.0.0.1:$(field "peer$i" port)" >/dev/null
done
began=$(now_ms)
serve node --sync
for ((left = 120; left > 0; left--)); do
  sleep 1
  [ "$(connections "$served")" -ge "$peers" ] && waiting "$peers" && break
done
[ "$left" -gt 0 ] || fail "the node does not wait at all $peers"
reached=$(($(now_ms) - began))
watch_at_rest following "$rest"

arrived() { [ -f "$place/node/$(field "$1" fingerprint)/$2.pgp" ]; }
times=()
for ((n = 1; n <= posts; n++)); do
  who=peer$(((n - 1) % peers + 1))
  printf '{"@context":"https://schema.org","@type":"SocialMediaPosting","headline":"%s"}' "post $n" >"$place/post$n.json"
  mau "$who" share "$place/post$n.json" --public >/dev/null
  began=$(stat -c %.3Z "$place/$who/$(field "$who" fingerprint)/post$n.json.pgp" | tr -d .)
  wait_for 30 arrived "$who" "post$n.json"
  times+=($(($(stat -c %.3Z "$place/node/$(field "$who" fingerprint)/post$n.json.pgp" | tr -d .) - began)))
done
times=($(printf '%s\n' "${times[@]}" | sort -n))

echo "$(uname -m), $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $(sed -n 's/^JAVA_VERSION=//p' "$JAVA_HOME/release"), $(date +%F)"
echo
row "at rest" "follows $peers" "follows nobody"
row --- --- ---
for what in rss pss threads connections descriptors cpu wakes packets requests; do
  here=following_$what there=alone_$what
  case $what in
  cpu) name="CPU a minute" ;;
  packets) name="packets a minute, both ways" ;;
  requests) name="of them requests" ;;
  wakes) name="threads woken a minute" ;;
  connections | descriptors) name="open $what" ;;
  rss | pss) name=${what^^} ;;
  *) name=$what ;;
  esac
  row "$name" "${!here}" "${!there}"
done
echo
row "news" "time" ""
row --- --- ---
row "start to waiting at all $peers" "$reached ms" ""
row "from published to here, median of $posts" "${times[$((posts / 2))]} ms" ""
row "the slowest" "${times[-1]} ms" ""
