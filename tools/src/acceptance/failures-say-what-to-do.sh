#!/usr/bin/env bash
# What goes wrong is said in one line that tells what to do, with the documented exit code (docs/exit-codes.md).
. "$(dirname "$0")/lib.bash"

# Runs a node or a command that must fail: its exit code, one line on standard error, and a word in it.
refuses() { # claim, code, word, command...
  local claim=$1 code=$2 word=$3 got
  shift 3
  timeout 60 "$@" >"$place/out" 2>"$place/err" </dev/null
  got=$?
  [ "$got" = "$code" ] || fail "$claim: exit code $got, not $code" "$place/out" "$place/err"
  [ "$(grep -vc '^20.*\(info\|warn\)' "$place/err")" = 1 ] || fail "$claim: not one line" "$place/err"
  grep -q -- "$word" "$place/err" || fail "$claim: nothing of \"$word\"" "$place/err"
  if grep -qE '^\s+at |Exception' "$place/err"; then fail "$claim: a stack trace" "$place/err"; fi
  ok "$claim: $(tail -n 1 "$place/err" | cut -c1-150)"
}
run() { "$top/bin/run" --home "$@"; }

start_node node --port 0
refuses "a port in use" 5 "$node_port" "$top/bin/run" --home "$place/second" --bind 127.0.0.1 --port "$node_port"
refuses "a second node in one home" 1 "already" "$top/bin/run" --home "$place/node" --bind 127.0.0.1 --port 0 --ready-file "$place/node.ready"
[ -s "$place/node.ready" ] || fail "the second node took the ready file of the first"
refuses "an address that is none" 2 "300.1.1.1" "$top/bin/run" --home "$place/second" --bind 300.1.1.1
stop TERM "$node_pid"
refuses "an unknown option" 2 "colour" "$top/bin/run" --colour
printf 'wrong\n' >"$place/wrong" && chmod 600 "$place/wrong"
refuses "a wrong passphrase (node)" 4 "passphrase" "$top/bin/run" --home "$place/node" --passphrase-file "$place/wrong"
refuses "a wrong passphrase (mau)" 4 "passphrase" "$top/bin/mau" --home "$place/node" show --passphrase-file "$place/wrong"
refuses "no passphrase and no terminal" 4 "passphrase" env -u MAU_PASSPHRASE_FILE "$top/bin/mau" --home "$place/none" init --name x
refuses "no account" 3 "init" "$top/bin/mau" --home "$place/empty" --passphrase-file "$place/wrong" show
printf 'garbage\n' >"$place/garbage.asc"
refuses "a friend key that is garbage" 9 "garbage.asc" "$top/bin/mau" --home "$place/node" friend "$place/garbage.asc"
head -c 300 /dev/urandom >"$place/node/.mau/0123456789012345678901234567890123456789.pgp"
mau node friends >"$place/out" 2>"$place/err" || fail "garbage in the keyring is fatal" "$place/err"
grep -q 0123456789012345678901234567890123456789 "$place/err" || fail "garbage in the keyring is not mentioned" "$place/err"
ok "garbage in the keyring is skipped with a warning"
head -c 200 "$place/node/.mau/account.pgp" >"$place/half" && cp "$place/half" "$place/node/.mau/account.pgp"
refuses "a broken account.pgp" 3 "account.pgp" "$top/bin/run" --home "$place/node"
: >"$place/file"
refuses "a home that is a file" 1 "not a directory" "$top/bin/run" --home "$place/file"
if mkdir "$place/disk" && mount -t tmpfs -o size=64k,mode=700 tmpfs "$place/disk" 2>/dev/null; then
  trap 'umount "$place/disk" 2>/dev/null; leave' EXIT
  head -c 65536 /dev/zero >"$place/disk/fill" 2>/dev/null
  refuses "a full disk" 6 "space" "$top/bin/run" --home "$place/disk/home"
  rm "$place/disk/fill" && mount -o remount,ro "$place/disk"
  refuses "a read-only disk" 6 "read-only" "$top/bin/run" --home "$place/disk/home"
  umount "$place/disk"
else
  echo "skipped $scenario: full and read-only disks, for a tmpfs cannot be mounted here"
fi
