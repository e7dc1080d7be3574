#!/usr/bin/env bash
# Many small files and a large one go from one peer to another; each end is killed with -9 in the middle of the large one,
# and the transfer goes on where it was. Memory of both stays bounded. FILES and LARGE (MiB) tell how much.
. "$(dirname "$0")/lib.bash"
files=${FILES:-200}
large=${LARGE:-96}
limit_kb=$((128 * 1024))

# The most memory that a process ever had, in kB.
peak() { sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$1/status"; }
note_peak() { # name, pid
  local now
  now=$(peak "$2" 2>/dev/null) && [ -n "$now" ] && [ "$now" -gt "${peaks[$1]:-0}" ] && peaks[$1]=$now
  return 0
}
declare -A peaks

person author
person reader
as author export >"$place/author.asc" && as reader export >"$place/reader.asc" || fail "export"
as author friend "$place/reader.asc" >/dev/null 2>&1 && as reader friend "$place/author.asc" >/dev/null 2>&1 || fail "friends"
author=$(as author show --json | jq -r .fingerprint)
reader=$(as reader show --json | jq -r .fingerprint)
as reader follow "$author" 2>/dev/null

mkdir "$place/small"
for ((i = 0; i < files; i++)); do head -c 1024 /dev/urandom >"$place/small/$i.bin"; done
as author share "$place"/small/*.bin --fingerprints "$reader" >"$place/share.out" 2>&1 || fail "share $files files" "$place/share.out"
head -c "${large}M" /dev/urandom >"$place/large.bin"
as author share "$place/large.bin" --fingerprints "$reader" 2>"$place/share.out" >&2 || fail "share the large file" "$place/share.out"

serve() {
  rm -f "$place/author.ready"
  as author serve --port "${port:-0}" --bind 127.0.0.1 --ready-file "$place/author.ready" >"$place/serve.out" 2>&1 &
  await 20 test -s "$place/author.ready" || fail "serve" "$place/serve.out"
  port=$(jq -r .port "$place/author.ready")
  server=$(jq -r .pid "$place/author.ready")
  pids+=("$server")
}
sync() {
  MAU_PASSPHRASE_FILE=$place/reader.passphrase "$top/bin/mau" --home "$place/reader" sync --fingerprint "$author" --address "127.0.0.1:$port" --retry 0 --json >"$place/sync.json" 2>"$place/sync.err" &
  client=$!
  pids+=("$client")
}
# Bytes of the large file that have arrived.
arrived() { find "$place/reader/.mau-node" -type f -size +1M -printf '%s\n' | sort -n | tail -n 1; }
has_arrived() { local now; now=$(arrived); [ "${now:-0}" -gt "$1" ]; }
running() { note_peak server "$server"; note_peak client "$client"; ! kill -0 "$client" 2>/dev/null; }
finish() { await "$1" running || fail "the sync does not end" "$place/sync.err"; }

size=$(stat -c %s "$place/author/$author/large.bin.pgp")
serve
sync
await 300 has_arrived $((size / 4)) || fail "the large file does not begin to arrive" "$place/sync.err"
note_peak server "$server"; note_peak client "$client"
stop KILL "$client"
first=$(arrived)
sync
await 120 has_arrived $((first + size / 8)) || fail "the second run gets nothing" "$place/sync.err"
note_peak server "$server"; note_peak client "$client"
stop KILL "$server"
finish 120
second=$(arrived)
[ "$second" -gt "$first" ] || fail "the second run began anew: $second bytes after $first"
ok "killed at the reader's end after $first bytes, and at the author's after $second"
serve
sync
finish 600
jq -e . "$place/sync.json" >/dev/null || fail "sync --json" "$place/sync.json" "$place/sync.err"
third=$(jq '[.. | .bytes? // empty] | add' "$place/sync.json")
[ "$third" -le $((size - second + files * 2000)) ] || fail "the last run fetched $third bytes again" "$place/sync.json"
ok "the last run fetched what was missing and no more: $third of $size bytes"
as reader open large.bin --fingerprint "$author" | cmp - "$place/large.bin" || fail "the large file is not what was shared"
[ "$(ls "$place/reader/$author" | grep -c 'bin.pgp$')" = $((files + 1)) ] || fail "some small files are missing" "$place/sync.json"
ok "$files small files and one of $large MiB are here, whole"
for end in server client; do
  [ "${peaks[$end]}" -lt "$limit_kb" ] || fail "the $end took ${peaks[$end]} kB"
done
ok "most memory: server ${peaks[server]} kB, client ${peaks[client]} kB, under $limit_kb kB"
