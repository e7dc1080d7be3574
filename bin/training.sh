#!/usr/bin/env bash
# Lets the programs live for some seconds as they will with a person, so that the JVM keeps the classes that they load
# for the next start: two nodes find and follow each other and publish, the command line asks one of them, and fetches
# from the other. Needs neither rights nor a network: where it may, it makes itself one in which nobody else hears it.
# Run by the build; where it fails, the programs start all the same, only slower.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/common.sh"
set +e

if [ "${1:-}" != alone ] && unshare -rn true 2>/dev/null; then
  exec unshare -rn "$BASH" "${BASH_SOURCE[0]}" alone
fi

place=$(mktemp -d)
trap 'kill -KILL $(jobs -p) 2>/dev/null; rm -rf "$place"' EXIT

# Two ends of a cable, with nobody at the other one. Else nodes say nothing to the network that this machine is in.
network_of_our_own() {
  ip link set lo up && ip link add mau0 type veth peer name mau1 && ip addr add 192.168.77.1/24 dev mau0 &&
    ip link set mau0 up && ip link set mau1 up
}
words=(--bind 127.0.0.1 --no-upnp)
host=127.0.0.1
if [ "${1:-}" = alone ] && network_of_our_own 2>/dev/null; then
  words=()
  host=192.168.77.1
fi

within() { # seconds, command...
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}

# Without what the compiler learnt: that costs memory in the node, and time in the command line, and gains neither much.
keeping() { # cache
  training=(-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining "-XX:AOTCacheOutput=$1")
}
training=()

node() { # name
  "$JAVA_HOME/bin/java" "${jvm_flags[@]}" "${training[@]}" -cp "$(class_path "$node_lib")" \
    org.maunode.runtime.MauNode --home "$place/$1" --port 0 --ready-file "$place/$1.ready" "${words[@]}" &
  pid=$!
}

mau() { # name, words...
  local home=$place/$1
  shift
  "$JAVA_HOME/bin/java" "${jvm_flags[@]}" "${training[@]}" -cp "$(mau_class_path)" \
    org.maunode.tools.Mau --home "$home" "$@"
}

of() { # name, field of what it said when it was ready
  sed 's/.*"'"$2"'":"\{0,1\}\([0-9a-f]*\).*/\1/' "$place/$1.ready"
}

befriend() { # who, whom
  mau "$1" friend "$place/$2.asc" && mau "$1" follow "$(of "$2" fingerprint)" --address "$host:$(of "$2" port)"
}

holds() { # who, whose, name
  [ -f "$place/$1/$(of "$2" fingerprint)/$3" ]
}

keeping "$node_lib/node.aot"
node one
one=$pid
training=()
node other
other=$pid
within 20 test -s "$place/one.ready" && within 20 test -s "$place/other.ready" || exit 1
mau one export >"$place/one.asc" &
mau other export >"$place/other.asc" && wait $!
befriend one other &
befriend other one && wait $!
within 10 holds one other load.json.pgp
mau one find "$(of other fingerprint)" &
mau one sync && wait $!
if command -v curl >/dev/null; then
  curl -sk --max-time 10 "https://$host:$(of one port)/p2p/$(of one fingerprint)" -o /dev/null
fi

kill -TERM "$one"
within 20 eval '! kill -0 "$one" 2>/dev/null'
# Nobody answers for its home now: it looks for the other node itself.
keeping "$mau_lib/mau.aot"
mau one sync --full
