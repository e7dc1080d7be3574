#!/usr/bin/env bash
# Measures what a node costs on this machine, beside an empty JVM with the same flags, and prints a table for
# docs/footprint.md. REST says for how many seconds it is watched at rest (default 120); LOAD how many requests make the
# load (default 2000). All ways to be found are on; in a network of its own where that is allowed, else on loopback.
. "$(dirname "$(readlink -f "$0")")/../../../bin/common.sh"
set +e
rest=${REST:-120}
load=${LOAD:-2000}
build
bind=(--bind 127.0.0.1)
if [ "${1:-}" != alone ]; then
  unshare -rn ip link add mau0 type veth peer name mau1 2>/dev/null && exec unshare -rn "$0" alone
else
  ip link set lo up && ip link add mau0 type veth peer name mau1 && ip addr add 192.168.77.1/24 dev mau0 &&
    ip link set mau0 up && ip link set mau1 up && bind=()
fi
place=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$place"' EXIT

rss() { awk '/^Rss:/ { print $2 }' "/proc/$1/smaps_rollup"; }
pss() { awk '/^Pss:/ { print $2 }' "/proc/$1/smaps_rollup"; }
threads() { awk '/^Threads:/ { print $2 }' "/proc/$1/status"; }
wakes() { cat "/proc/$1"/task/*/status | awk '/^voluntary/ { sum += $2 } END { print sum }'; }
cpu_ms() { awk '{ print ($14 + $15) * 10 }' "/proc/$1/stat"; }
written() { awk '/^write_bytes:/ { print $2 }' "/proc/$1/io"; }
now_ms() { echo $(($(date +%s%N) / 1000000)); }
mb() { awk -v kb="$1" 'BEGIN { printf "%.1f MB", kb / 1024 }'; }
row() { printf '| %s | %s | %s |\n' "$@"; }

"$JAVA_HOME/bin/javac" -d "$place" "$(dirname "$0")/Empty.java"
"$JAVA_HOME/bin/java" "${jvm_flags[@]}" -cp "$place" Empty >/dev/null &
empty=$!

start_node() {
  rm -f "$place/ready"
  began=$(now_ms)
  "$top/bin/run" --home "$place/home" --port 0 "${bind[@]}" --ready-file "$place/ready" >/dev/null 2>"$place/log" &
  until [ -s "$place/ready" ]; do sleep 0.005; done
  url=https://127.0.0.1:$(sed 's/.*"port":\([0-9]*\).*/\1/' "$place/ready")/p2p/$(sed 's/.*"fingerprint":"\([0-9a-f]*\)".*/\1/' "$place/ready")
  curl -sk "$url" -o /dev/null
  first_byte=$(($(now_ms) - began))
  node=$!
  start_cpu=$(cpu_ms "$node")
}
start_node
first_start=$first_byte
kill "$node" && wait "$node"
start_node

sleep 10
idle=$(rss "$node")
idle_pss=$(pss "$node")
cpu=$(cpu_ms "$node")
woken=$(wakes "$node")
bytes=$(written "$node")
sleep "$rest"
cpu_minute=$((($(cpu_ms "$node") - cpu) * 60 / rest))
wakes_minute=$((($(wakes "$node") - woken) * 60 / rest))
bytes_hour=$((($(written "$node") - bytes) * 3600 / rest))

file=$url/node.json.pgp
requests=$(for ((i = 0; i < load / 2; i++)); do printf 'url=%s\noutput=/dev/null\nurl=%s\noutput=/dev/null\n' "$url" "$file"; done)
loading=$(now_ms)
curl -sk --config - <<<"$requests"
loaded_ms=$(($(now_ms) - loading))
loaded=$(rss "$node")
for ((i = 0; i < 50; i++)); do curl -sk "$url" -o /dev/null; done
sleep 15
settled=$(rss "$node")

# A person's question to the running node: what it takes of the processor, the shell's part too.
status_cpu() {
  local -a before after
  before=($(sed 's/.*) //' /proc/$$/stat))
  "$top/bin/mau" --home "$place/home" status >/dev/null 2>&1
  after=($(sed 's/.*) //' /proc/$$/stat))
  status_cpu=$(((after[13] + after[14] - before[13] - before[14]) * 10))
}
status_cpu
status_cpu

echo "$(uname -m), $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $(sed -n 's/^JAVA_VERSION=//p' "$JAVA_HOME/release"), $(date +%F)"
echo
row what node "empty JVM"
row --- --- ---
row "RSS, idle 10 s after start" "$(mb "$idle")" "$(mb "$(rss "$empty")")"
row "PSS, idle" "$(mb "$idle_pss")" "$(mb "$(pss "$empty")")"
row "RSS after $load requests and 50 handshakes" "$(mb "$loaded")" ""
row "RSS settled, 15 s later" "$(mb "$settled")" ""
row "threads" "$(threads "$node")" "$(threads "$empty")"
row "start to first byte, first start ever" "$first_start ms" ""
row "start to first byte" "$first_byte ms" ""
row "CPU to first byte" "$start_cpu ms" ""
row "CPU a minute at rest" "$cpu_minute ms" ""
row "threads woken a minute at rest" "$wakes_minute" ""
row "written an hour at rest" "$((bytes_hour / 1024)) KiB" ""
row "requests a second, one connection" "$((load * 1000 / loaded_ms))" ""
row "CPU of \`mau status\`" "$status_cpu ms" ""
row "jars" "$(du -ck "$node_lib"/*.jar | awk 'END { printf "%.1f MB", $1 / 1024 }')" ""
aot_mb() { mb $(($(stat -c %s "$1" 2>/dev/null || echo 0) / 1024)); }
row "classes kept for the next start (AOT cache)" "$(aot_mb "$node_lib/node.aot")" ""
row "the same of \`bin/mau\`" "$(aot_mb "$mau_lib/mau.aot")" ""
