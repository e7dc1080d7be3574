#!/usr/bin/env bash
# Measures what ten channels at 1 Hz write to the card, and prints it beside what the policy promises. Where the kernel lets us
# mount an image, the card is one of ext4 and every sector that reaches it is counted, the journal's too; else it is what the
# kernel lays to the process, without the journal. SECONDS_WATCHED says for how long (default 300). What is behind -- goes to
# the node.
. "$(dirname "$(readlink -f "$0")")/../../../bin/common.sh"
set +e
watched=${SECONDS_WATCHED:-300}
[ "${1:-}" != -- ] || shift
build
place=$(mktemp -d)
card=$place/card
mkdir "$card"
cleanup() {
  kill $(jobs -p) 2>/dev/null
  wait
  umount "$card" 2>/dev/null
  rm -rf "$place"
}
trap cleanup EXIT

device=
truncate -s 512M "$place/image" && mkfs.ext4 -q "$place/image" 2>/dev/null &&
  mount -o loop,noatime "$place/image" "$card" 2>/dev/null && device=$(basename "$(findmnt -no SOURCE "$card")")

cpu_ms() { awk '{ print ($14 + $15) * 10 }' "/proc/$1/stat"; }
rss() { awk '/^Rss:/ { printf "%.1f MB", $2 / 1024 }' "/proc/$1/smaps_rollup"; }
bytes() {
  if [ -n "$device" ]; then
    sync -f "$card"
    awk '{ print $7 * 512 }' "/sys/block/$device/stat"
  else
    awk '/^write_bytes:/ { print $2 }' "/proc/$1/io"
  fi
}
kib() { echo "$(($1 / 1024)) KiB"; }

# Registers whose numbers are others each second.
{
  echo '{"name": "ten", "version": 1, "title": "Ten channels at 1 Hz", "channels": {'
  for i in {0..9}; do
    ((i == 0)) || echo ,
    printf '"r%d": {"title": "Register %d", "driver": "i2c-registers", "measures": "count", "unit": "C62",' "$i" "$i"
    printf ' "wiring": {"bus": 1, "address": "0x20", "register": "0x%02x", "bytes": 4},' "$i"
    printf ' "least": 0, "most": 1000000000, "precision": 1, "deadBand": 0, "periodSeconds": 1}'
  done
  echo '}}'
} >"$place/ten.json"

"$top/bin/run" --home "$card/home" --port 0 --bind 127.0.0.1 --no-discovery --no-ble --profile "$place/ten.json" --simulate \
  --ready-file "$place/ready" "$@" >/dev/null 2>"$place/log" &
node=$!
until [ -s "$place/ready" ]; do
  sleep 0.05
  kill -0 "$node" || { cat "$place/log"; exit 1; }
done
own=$card/home/$(sed 's/.*"fingerprint":"\([0-9a-f]*\)".*/\1/' "$place/ready")
url=https://127.0.0.1:$(sed 's/.*"port":\([0-9]*\).*/\1/' "$place/ready")/p2p/$(basename "$own")
sleep 20

start=$(bytes "$node")
cpu=$(cpu_ms "$node")
seen=0
last=
for ((i = 0; i < watched; i++)); do
  sum=$(curl -sk -o /dev/null -D - "$url/r0.json.pgp" | sed -n 's/^etag: *//pI')
  [ "$sum" = "$last" ] || ((++seen))
  last=$sum
  sleep 0.99
done
cpu=$((($(cpu_ms "$node") - cpu) * 60 / watched))
hour=$((($(bytes "$node") - start) * 3600 / watched / 10))
memory=$(rss "$node")
start=$(bytes "$node")
kill "$node" && wait "$node"
stop=$((($(bytes "$node") - start) / 10))

cat >"$place/Promise.java" <<'END'
import java.time.Duration;
import org.maunode.device.WritePolicy;

class Promise {
    public static void main(String[] args) {
        System.out.println(WritePolicy.DEFAULT.bytesAnHour(Duration.ofSeconds(1)));
    }
}
END
promise=$("$JAVA_HOME/bin/java" -cp "$node_lib/*" "$place/Promise.java")

how="as the kernel lays it to the process"
[ -z "$device" ] || how="ext4, counted at the device"
echo "$(uname -m), $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $(date +%F), $how, watched for $watched s"
echo
echo '| ten channels at 1 Hz, each reading news | measured |'
echo '| --- | --- |'
echo "| promised: an hour, a channel | $(kib "$promise") |"
echo "| written: an hour, a channel | $(kib "$hour") |"
echo "| written at the stop, a channel | $(kib "$stop") |"
echo "| of 100 looks a second apart saw a new reading | $((seen * 100 / watched)) |"
echo "| CPU a minute, one look a second | $cpu ms |"
echo "| RSS | $memory |"
echo "| files on the card in the end | $(find "$own" -type f | wc -l) |"
