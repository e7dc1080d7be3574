#!/usr/bin/env bash
# A node and one that follows it live through clocks that are ten years behind and ten years ahead, at the start and
# while they run (docs/clock.md).
. "$(dirname "$0")/lib.bash"

command -v faketime >/dev/null || {
  printf 'skipped %s: faketime is not installed (Debian: apt install faketime)\n' "$scenario"
  exit 0
}

# Every program from here on asks this file what time it is; what they wait for passes as always.
clock=$place/clock
printf '+0\n' >"$clock"
LD_PRELOAD=$(faketime -m -f +0 sh -c 'echo "$LD_PRELOAD"')
# Without the fix, which JVMs do not need, timed waits return at once and spin.
export LD_PRELOAD FAKETIME_TIMESTAMP_FILE=$clock FAKETIME_CACHE_DURATION=1 FAKETIME_DONT_FAKE_MONOTONIC=1
export FAKETIME_FORCE_MONOTONIC_FIX=0 NO_FAKE_STAT=1
real_year=$(date +%Y)
printf -- '-3650d\n' >"$clock"
[ "$(date +%Y)" -lt "$real_year" ] || fail "faketime does not move the clock"
printf '+0\n' >"$clock"

notes=0
last_sequence=0

# One node publishes a note and its readings, the other follows; then both have what there is, and have lost nothing.
live() { # what the clock does
  local when=$1
  notes=$((notes + 1))
  start_node author --port 0
  author_fpr=$node_fpr
  author_port=$node_port
  author_pid=$node_pid
  publish "$when"
  check "$when"
  check_sequence "$when"
  stop TERM "$author_pid"
  ok "with the clock $when the newest wins, all is there and verifies, and sequences rise"
}

publish() { # what the clock does
  printf 'note %s: %s\n' "$notes" "$1" >"$place/news.txt"
  cp "$place/news.txt" "$place/note-$notes.txt"
  mau author share "$place/news.txt" --public >/dev/null 2>"$place/share.err" &&
    mau author share "$place/note-$notes.txt" --public >/dev/null 2>>"$place/share.err" ||
    fail "share with the clock $1" "$place/share.err" "$place/author.err"
}

check() { # what the clock does
  start_node reader --port 0 --peer "$author_fpr@127.0.0.1:$author_port"
  await 30 has_the_news || fail "the news did not arrive with the clock $1" "$place/reader.err" "$place/author.err"
  await 10 has_all_notes || fail "a note is missing with the clock $1" "$place/reader.err"
  mau reader verify --all >"$place/verify.out" 2>&1 || fail "verify with the clock $1" "$place/verify.out"
  stop TERM "$node_pid"
}

# A node that starts publishes everything anew.
check_sequence() { # what the clock does
  await 30 sequence_rose || fail "the sequence does not rise with the clock $1" "$place/author.err" "$place/reader.err"
  last_sequence=$(sequence)
}

has_the_news() {
  mau reader open news.txt --fingerprint "$author_fpr" 2>/dev/null | cmp -s - "$place/news.txt"
}

has_all_notes() {
  local i
  for ((i = 1; i <= notes; i++)); do
    [ -f "$place/reader/$author_fpr/note-$i.txt.pgp" ] || return 1
  done
}

sequence() {
  mau author open uptime.json 2>/dev/null | jq -r '."mau:sequence" // 0'
}

sequence_rose() {
  [ "$(sequence)" -gt "$last_sequence" ]
}

# They get to know each other.
start_node author --port 0
mau author export >"$place/author.asc" 2>/dev/null || fail "export"
author_fpr=$node_fpr
stop TERM "$node_pid"
start_node reader --port 0
stop TERM "$node_pid"
mau reader friend "$place/author.asc" >/dev/null 2>&1 && mau reader follow "$author_fpr" >/dev/null 2>&1 || fail "follow"

live "as it is"
printf -- '-3650d\n' >"$clock"
live "ten years behind"
grep -q 'clock may be wrong' "$place/author.err" || fail "the node does not say that it is unsure" "$place/author.err"
ok "a node whose clock stands in the past says so"
printf '+0\n' >"$clock"
live "right again"
printf '+3650d\n' >"$clock"
live "ten years ahead"
printf '+0\n' >"$clock"
live "right again after that"

# The same without a restart.
start_node author --port 0
author_pid=$node_pid author_port=$node_port
for jump in -3650d +0 +3650d +0; do
  printf -- '%s\n' "$jump" >"$clock"
  notes=$((notes + 1))
  publish "moved to $jump"
  check "moved to $jump under a running node"
  ok "with the clock moved to $jump under a running node the newest wins, and all is there and verifies"
done
stop TERM "$author_pid"
