#!/usr/bin/env bash
# People become friends, share, follow and sync; a node seals its readings for a group; nobody else reads them.
. "$(dirname "$0")/lib.bash"

person alice
person bob
start_node node --port 0
as alice export >"$place/alice.asc" && as bob export >"$place/bob.asc" && mau node export >"$place/node.asc" || fail "export"
for who in alice bob; do
  as "$who" friend "$place/node.asc" >/dev/null 2>&1 && as "$who" follow "$node_fpr" >/dev/null 2>&1 || fail "$who follows the node"
done
as alice sync --fingerprint "$node_fpr" --address "127.0.0.1:$node_port" >"$place/sync.out" 2>&1 ||
  fail "sync" "$place/sync.out" "$place/node.err"
[ "$(ls "$place/alice/$node_fpr" | grep -c 'pgp$')" -ge 5 ] || fail "the node's files are not there" "$place/sync.out"
as alice verify --all >"$place/verify.out" 2>&1 || fail "verify" "$place/verify.out"
ok "a second peer follows a node and holds verified copies"
as alice browse --json >"$place/browse.json" && jq -e 'length >= 5' "$place/browse.json" >/dev/null ||
  fail "browse" "$place/browse.json"
ok "browse shows what was followed"
stop TERM "$node_pid"

mau node friend "$place/alice.asc" --group family >/dev/null 2>&1 || fail "the node's friend"
start_node node --port 0 --for family
node_is_sealed() { [ "$(fetch "$node_url" | jq length)" = 0 ]; }
await 20 node_is_sealed || fail "a stranger still sees readings" <(fetch "$node_url")
ok "sealed readings are not listed to a stranger"
as alice sync --fingerprint "$node_fpr" --address "127.0.0.1:$node_port" >"$place/sync.out" 2>&1 || fail "sync of sealed" "$place/sync.out"
as alice open node.json.pgp --fingerprint "$node_fpr" >"$place/node.json" || fail "alice opens what is sealed for her"
jq -e '."@type"[1] == "mau:Node"' "$place/node.json" >/dev/null || fail "the node's description" "$place/node.json"
ok "a member of the group reads them"
name=$(ls "$place/alice/$node_fpr" | grep 'pgp$' | head -n 1)
[ "$(fetch -o /dev/null -w '%{http_code}' "$node_url/$name")" = 401 ] || fail "a stranger is not refused"
ok "a stranger who asks by name is refused with 401"
as bob sync --fingerprint "$node_fpr" --address "127.0.0.1:$node_port" >"$place/bob.out" 2>&1 || fail "bob's sync" "$place/bob.out"
[ -z "$(ls -A "$place/bob/$node_fpr")" ] || fail "bob got something that is not for him"
ok "who is not in the group gets nothing"

printf '{"@context":"https://schema.org","@type":"SocialMediaPosting","headline":"hello"}' >"$place/hello.json"
as alice friend "$place/bob.asc" >/dev/null 2>&1 && as bob friend "$place/alice.asc" >/dev/null 2>&1 || fail "friends"
alice_fpr=$(as alice show --json | jq -r .fingerprint)
bob_fpr=$(as bob show --json | jq -r .fingerprint)
as alice share "$place/hello.json" --fingerprints "$bob_fpr" >/dev/null || fail "share"
as alice serve --port 0 --bind 127.0.0.1 --ready-file "$place/alice.ready" >"$place/serve.out" 2>&1 &
pids+=($!)
await 20 test -s "$place/alice.ready" || fail "serve" "$place/serve.out"
as bob follow "$alice_fpr" --address "127.0.0.1:$(jq -r .port "$place/alice.ready")" 2>/dev/null || fail "bob follows alice"
as bob sync >"$place/bob.out" 2>&1 || fail "bob syncs" "$place/bob.out"
as bob open hello.json --fingerprint "$alice_fpr" | cmp - "$place/hello.json" || fail "what bob opens is not what alice shared"
ok "alice shares, serves; bob follows, syncs and opens"
printf '{"@context":"https://schema.org","@type":"SocialMediaPosting","headline":"hello again"}' |
  as alice edit hello.json.pgp >/dev/null 2>"$place/edit.err" || fail "edit" "$place/edit.err"
as bob sync >"$place/bob.out" 2>&1 || fail "bob syncs again" "$place/bob.out"
as bob open hello.json --fingerprint "$alice_fpr" | grep -q again || fail "the edit did not arrive"
[ "$(as bob versions hello.json --fingerprint "$alice_fpr" --json | jq length)" = 2 ] || fail "the old version is lost"
ok "an edit arrives, and the old version is kept on both sides"
