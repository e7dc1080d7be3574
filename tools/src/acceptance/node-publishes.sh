#!/usr/bin/env bash
# A node that is started publishes signed files that curl fetches and gpg verifies, and ends cleanly.
. "$(dirname "$0")/lib.bash"

start_node node --port 0 --name greenhouse
jq -e '.name == "greenhouse" and (.fingerprint | length) == 40 and .port > 0 and .pid > 0 and (.home | length) > 0' \
  "$place/node.ready" >/dev/null || fail "the ready file" "$place/node.ready"
ok "the ready file is JSON with name, fingerprint, port, home and pid"
for word in greenhouse "$node_fpr" "$node_url" everybody "$place/node/$node_fpr" follow; do
  grep -qF "$word" "$place/node.out" || fail "the start block says nothing of $word" "$place/node.out"
done
ok "the start block tells name, fingerprint, address, readers, files and how to follow"

await 20 published 5 || fail "less than five files are listed" "$place/node.err"
fetch "$node_url" -o "$place/list.json"
jq -e 'all(.[]; (.path | startswith("/p2p/")) and .size > 0 and (.sum | length) == 64)' "$place/list.json" >/dev/null ||
  fail "the listing" "$place/list.json"
ok "a stranger's listing has path, size and sum"

mkdir -m 700 "$place/gnupg"
export GNUPGHOME=$place/gnupg
mau node export >"$place/node.asc" 2>"$place/export.err" || fail "export" "$place/export.err"
gpg --quiet --batch --import "$place/node.asc" 2>"$place/gpg.err" || fail "gpg does not import the key" "$place/gpg.err"
mkdir "$place/plain"
while read -r path sum; do
  name=$(basename "$path")
  fetch "https://127.0.0.1:$node_port$path" -o "$place/$name" || fail "download of $path"
  [ "$(sha256sum <"$place/$name" | cut -d' ' -f1)" = "$sum" ] || fail "$name is not what the listing says"
  gpg --quiet --batch --status-fd 3 --output "$place/plain/${name%.pgp}" --decrypt "$place/$name" \
    3>"$place/status" 2>"$place/gpg.err" || fail "gpg on $name" "$place/gpg.err"
  grep -qi "VALIDSIG $node_fpr" "$place/status" || fail "gpg does not verify $name" "$place/status"
  jq -e '."@context"[0] == "https://schema.org" and (."@type" | length) == 2' "$place/plain/${name%.pgp}" >/dev/null ||
    fail "$name is not the vocabulary's" "$place/plain/${name%.pgp}"
done < <(jq -r '.[] | "\(.path) \(.sum)"' "$place/list.json")
ok "gpg verifies every file against the exported key, and each is JSON-LD"
# Where the vocabulary checker lies beside the project, it has the last word.
checker=$top/../shared/tools/check-vocabulary
if [ -x "$checker" ]; then
  "$checker" "$place"/plain/*.json >"$place/vocabulary" || fail "the vocabulary" "$place/vocabulary"
  ok "the vocabulary checker finds no problem"
fi
gpgconf --kill all

[ "$(fetch --http2 -o /dev/null -w '%{http_version}' "$node_url")" = 2 ] || fail "no HTTP/2"
[ "$(fetch --http1.1 -o /dev/null -w '%{http_version}' "$node_url")" = 1.1 ] || fail "no HTTP/1.1"
if fetch --tls-max 1.2 "$node_url" >/dev/null 2>&1; then fail "TLS 1.2 is served"; fi
ok "HTTP/2 and HTTP/1.1 over TLS 1.3 and nothing older"

[ -z "$(find "$place/node" \( -type f -perm /077 \) -o \( -type d -perm /077 \))" ] ||
  fail "others may read something" <(find "$place/node" -perm /077)
ok "files are owner-only"

began=$(date +%s%N)
kill -TERM "$node_pid"
wait "$node_pid"
code=$?
took=$((($(date +%s%N) - began) / 1000000))
[ "$code" = 0 ] || fail "SIGTERM gave exit code $code" "$place/node.err"
[ "$took" -lt 2000 ] || fail "SIGTERM took $took ms"
[ ! -e "$place/node.ready" ] || fail "the ready file outlives the node"
ok "SIGTERM ends it cleanly ($took ms)"

start_node node --port 0
[ "$(jq -r .name "$place/node.ready")" = greenhouse ] || fail "the second start is another node"
ok "the second start is the same node"

# A script that is linked to from a directory on the PATH finds its own clone.
ln -s "$top/bin/mau" "$place/mau"
"$place/mau" --home "$place/node" show >"$place/shown" 2>&1 && grep -q greenhouse "$place/shown" ||
  fail "a link to bin/mau" "$place/shown"
ok "bin/mau works through a link"
