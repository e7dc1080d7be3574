#!/usr/bin/env bash
# One at home behind a router that opens no port, one in the open; they follow each other. Only the first can call the
# other; all the same each has the other's news within a second.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/namespaces.bash"
skip_without_networks
command -v nft >/dev/null || skip_if 'nftables is not installed'
add_home || fail "a home with a router"

declare -A fpr net=([homer]=client [olga]=outside)
for who in homer olga; do
  person "$who"
  as "$who" export >"$place/$who.asc" || fail "export"
  fpr[$who]=$(as "$who" show --json | jq -r .fingerprint)
done
{ as homer friend "$place/olga.asc" && as homer follow "${fpr[olga]}" --address "$outside_address:6275" &&
  as olga friend "$place/homer.asc" && as olga follow "${fpr[homer]}"; } >/dev/null 2>&1 || fail "friends"
for who in olga homer; do
  MAU_PASSPHRASE_FILE=$place/$who.passphrase ip netns exec "$networks_id-${net[$who]}" "$top/bin/mau" --home "$place/$who" \
    serve --sync --no-upnp --ready-file "$place/$who.ready" >"$place/$who.out" 2>&1 &
  pids+=($!)
  await 30 test -s "$place/$who.ready" || fail "$who does not serve" "$place/$who.out"
done
waits() { as homer peers --json | jq -e '.[] | select(.fingerprint == "'"${fpr[olga]}"'") | .phase == "waiting"' >/dev/null 2>&1; }
await 20 waits || fail "homer does not wait for news" "$place/homer.out"
now_ms() { echo $(($(date +%s%N) / 1000000)); }
arrives() { # from, to, name
  printf '%s\n' "$3" >"$place/$3.txt"
  as "$1" share "$place/$3.txt" --with "$2" >/dev/null 2>"$place/share.err" || fail "share" "$place/share.err"
  local began
  began=$(now_ms)
  until [ -f "$place/$2/${fpr[$1]}/$3.txt.pgp" ]; do
    [ $(($(now_ms) - began)) -lt 10000 ] || fail "$3 did not arrive" "$place/$1.out" "$place/$2.out"
    sleep 0.01
  done
  took=$(($(now_ms) - began))
}
# The first push waits to see whether the other side fetches by itself.
arrives homer olga warm-up
arrives olga homer fetched
[ "$took" -lt 1000 ] || fail "news from the open took $took ms"
ok "what the one in the open publishes is at home in $took ms"
arrives homer olga pushed
[ "$took" -lt 1000 ] || fail "news from home took $took ms"
ok "what the one at home publishes is in the open in $took ms, though nobody can call home"
