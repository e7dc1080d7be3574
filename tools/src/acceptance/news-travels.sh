#!/usr/bin/env bash
# What somebody publishes is with those who follow within a second, and nothing is asked in between; when the author is
# away, a friend who holds the files passes them on, and what the friend altered is refused.
. "$(dirname "$0")/lib.bash"

serve() { # name of a person, words...
  local who=$1
  shift
  rm -f "$place/$who.ready"
  as "$who" serve --sync --port 0 --bind 127.0.0.1 --no-upnp --ready-file "$place/$who.ready" "$@" \
    >"$place/$who.out" 2>&1 &
  pids+=($!)
  await 30 test -s "$place/$who.ready" || fail "$who does not serve" "$place/$who.out"
  port[$who]=$(jq -r .port "$place/$who.ready")
  served[$who]=$(jq -r .pid "$place/$who.ready")
  pids+=("${served[$who]}")
}
declare -A served port fpr

share() { # from, name, words, to...
  local who=$1 name=$2 words=$3 reader readers=()
  shift 3
  for reader in "$@"; do readers+=("${fpr[$reader]}"); done
  printf '{"@context":"https://schema.org","@type":"SocialMediaPosting","headline":"%s"}' "$words" >"$place/$name.json"
  as "$who" share "$place/$name.json" --fingerprints "$(IFS=,; echo "${readers[*]}")" >/dev/null 2>"$place/share.err" ||
    fail "$who shares" "$place/share.err"
}
ms() { echo $(($(date +%s%N) / 1000000)); }
has() { [ -f "$place/$1/${fpr[$2]}/$3.json.pgp" ]; }

for who in ann ben cem; do
  person "$who"
  as "$who" export >"$place/$who.asc" || fail "export"
  fpr[$who]=$(as "$who" show --json | jq -r .fingerprint)
done
for who in ann ben cem; do
  for friend in ann ben cem; do
    [ "$who" = "$friend" ] || as "$who" friend "$place/$friend.asc" >/dev/null 2>&1 || fail "$who's friends"
  done
done

serve ann
as ben follow "${fpr[ann]}" --address "127.0.0.1:${port[ann]}" >/dev/null 2>&1 || fail "ben follows ann"
share ann first "before ben came" ben cem
serve ben
await 10 has ben ann first || fail "ben has not what was there before him" "$place/ben.out"
# Until ben waits, what is measured is his way there.
waits() { as ben peers --json 2>/dev/null | jq -e '.[] | select(.fingerprint == "'"${fpr[ann]}"'") | .phase == "waiting"' >/dev/null; }
await 15 waits || fail "ben does not wait for news" "$place/ben.out" <(as ben peers --json 2>&1)
slowest=0
for i in 1 2 3 4 5; do
  share ann "news$i" "news $i" ben cem
  began=$(ms)
  until has ben ann "news$i"; do
    [ $(($(ms) - began)) -lt 10000 ] || fail "news $i did not arrive" "$place/ben.out" "$place/ann.out"
    sleep 0.01
  done
  took=$(($(ms) - began))
  [ "$took" -le "$slowest" ] || slowest=$took
done
[ "$slowest" -lt 1000 ] || fail "news took $slowest ms"
ok "what ann publishes is with ben within a second (slowest of 5: $slowest ms)"

kill -TERM "${served[ann]}"
gone() { ! kill -0 "${served[ann]}" 2>/dev/null; }
await 10 gone || fail "ann does not stop" "$place/ann.out"
as cem follow "${fpr[ben]}" --address "127.0.0.1:${port[ben]}" >/dev/null 2>&1 || fail "cem follows ben"
as cem follow "${fpr[ann]}" >/dev/null 2>&1 || fail "cem follows ann"
# Ben spoils one of the files that he holds of ann.
printf 'x' | dd of="$place/ben/${fpr[ann]}/news3.json.pgp" bs=1 seek=300 conv=notrunc 2>/dev/null
serve cem
for name in first news1 news2 news4 news5; do
  await 20 has cem ann "$name" || fail "cem has not $name, which ben holds" "$place/cem.out" "$place/ben.out"
  as cem verify "$name.json" --fingerprint "${fpr[ann]}" >"$place/verify" 2>&1 || fail "cem's $name does not verify" "$place/verify"
done
ok "ann is away: cem has her files from ben, verified"
! has cem ann news3 || fail "cem holds what ben altered"
grep -q news3 "$place/cem.out" || fail "cem says nothing of what ben altered" "$place/cem.out"
ok "what ben altered is refused, and named"
