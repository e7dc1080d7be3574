# Sourced by the scenarios beside it, which bin/lab check runs when their guests are up. A scenario runs on the host, tells
# guests what to do, and prints a line for each claim that it checked, by the words of the acceptance scenarios: ok, fail.
# The second comment line of a scenario may say which guests it wants, and how long it may take:
#
#   # guests: one --controllers 4     bin/lab up --controllers 4; else one, with two controllers
#   # guests: two                     bin/lab up2: node and phone
#   # guests: none                    it needs none: it boots the emulated Raspberry Pi
#   # seconds: 300                    180 if it says nothing
#
# Before each scenario every radio is as after boot, and no program of the one before runs.
. "$(dirname "${BASH_SOURCE[0]}")/../acceptance/lib.bash"

in_guest() { # guest, command, seconds (120)
  "$top/bin/lab" run "$@"
}

as_user() { # guest, command, seconds (120)
  "$top/bin/lab" run --user mau "$@"
}

radio() { # guest, words of tools/src/lab/guest/radio...
  local guest=$1
  shift
  in_guest "$guest" "radio $*" 200
}

share_of() { "$top/bin/lab" share "$1"; } # guest

# Ends the scenario with what the guest knows: its radio's words and its kernel's.
fail_in() { # guest, what, files...
  local guest=$1 what=$2
  shift 2
  in_guest "$guest" 'tail -n 6 /run/bluetoothd.log; dmesg | tail -n 4; hciconfig | grep -A 2 ^hci' 60 >"$place/guest-$guest" 2>&1
  fail "$what" "$@" "$place/guest-$guest"
}

# Ends the scenario without a claim.
skip() { # reason
  echo "skipped $scenario: $1"
  exit 0
}

# ---- what a guest writes below /share, the host sees when it is written

# Waits for a line in a file; the host's kernel tells of changes.
await_line() { # file, extended regular expression, seconds
  local tail_pid fd status=0
  exec {fd}< <(exec tail -n +1 -F "$1" 2>/dev/null)
  tail_pid=$!
  timeout "$3" grep -qE -m 1 -e "$2" <&"$fd" || status=1
  kill "$tail_pid"
  exec {fd}<&-
  return "$status"
}

milliseconds() { echo "${EPOCHREALTIME/./}" | cut -c1-13; }

# Runs something and keeps how long it took, in milliseconds of this machine's clock, in $took.
timed() { # command...
  local start status=0
  start=$(milliseconds)
  "$@" || status=$?
  took=$(($(milliseconds) - start))
  return "$status"
}

# ---- the project's programs in a guest

# Carries jars, caches of classes, classes of the tests and the JVM's flags over, in one file, since many small ones are
# slow; once per boot. A cache of classes holds for jars that lie to each other as they do here.
install_programs() { # guest
  local share module
  share=$(share_of "$1") || return
  [ ! -f "$share/programs.tar" ] || return 0
  mkdir -p "$place/programs/"{test,node-runtime/target,tools/target}
  ln -s "$top/node-runtime/target/node" "$place/programs/node-runtime/target/"
  ln -s "$top/tools/target/cli" "$place/programs/tools/target/"
  for module in "$top"/*/target/test-classes; do
    [ ! -d "$module" ] || ln -s "$module" "$place/programs/test/$(basename "$(dirname "$(dirname "$module")")")"
  done
  assertions "$place/programs/assertions"
  (
    . "$top/bin/common.sh"
    declare -p jvm_flags | sed 's/^declare -ax* jvm_flags=/flags=/'
    node=$(class_path "$node_lib") cli=$(mau_class_path)
    printf 'node=%q\ncli=%q\n' "${node//"$top"//run/mau}" "${cli//"$top"//run/mau}"
    printf 'java=%q\nexport MALLOC_ARENA_MAX=2 LC_ALL=C.UTF-8\n' "$JAVA_HOME/bin/java"
  ) >"$place/programs/settings"
  tar -C "$place/programs" --dereference -cf "$share/programs.tmp" . && mv "$share/programs.tmp" "$share/programs.tar"
  rm -rf "$place/programs"
  in_guest "$1" 'mkdir -p /run/mau && tar -C /run/mau --no-same-owner --warning=no-timestamp -xf /share/programs.tar &&
    chmod -R a+rX /run/mau && for name in mau-node mau java-main; do ln -sf program /run/lab/$name; done' 300
}

# The classes that a contract checks with, out of what Maven has fetched; not the launcher that finds and runs tests.
assertions() { # directory
  local version repository=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
  version=$(sed -n 's|.*<junit.version>5[.]\(.*\)</junit.version>.*|\1|p' "$top/pom.xml")
  mkdir -p "$1"
  cp "$repository/org/junit/jupiter/junit-jupiter-api/5.$version"/*.jar "$repository/org/junit/platform/junit-platform-commons/1.$version"/*.jar \
    "$repository"/org/opentest4j/opentest4j/*/*.jar "$1/" || true
}

# Starts a node as an ordinary user of the guest and waits until it serves. Its home is ~/NAME there; its words go to
# NAME.out and NAME.err in $logs; sets node_pid (in the guest), node_port, node_fpr.
start_node() { # guest, name, words...
  local guest=$1 name=$2
  shift 2
  install_programs "$guest" || fail_in "$guest" "no programs in $guest"
  logs=$(share_of "$guest")/logs
  rm -f "$logs/$name".*
  as_user "$guest" "setsid mau-node --home ~/$name --ready-file /share/logs/$name.ready ${*@Q} \
    >/share/logs/$name.out 2>/share/logs/$name.err </dev/null & echo \$! >/share/logs/$name.pid" ||
    fail_in "$guest" "$name is not started"
  await_line "$logs/$name.ready" '^[{].*[}]' 120 || fail_in "$guest" "$name does not serve" "$logs/$name.out" "$logs/$name.err"
  node_pid=$(cat "$logs/$name.pid")
  node_port=$(jq -r .port "$logs/$name.ready")
  node_fpr=$(jq -r .fingerprint "$logs/$name.ready")
}

stop_node() { # guest, name, signal (TERM)
  in_guest "$1" "pid=\$(cat /share/logs/$2.pid); kill -${3:-TERM} \$pid; tail --pid=\$pid -s 0.1 -f /dev/null" 60
}

resident() { # guest, name of a node: kilobytes of memory
  in_guest "$1" "awk '/^VmRSS/ { print \$2 }' /proc/\$(cat /share/logs/$2.pid)/status"
}

mau() { # guest, name of an account, words...
  local guest=$1 name=$2
  shift 2
  install_programs "$guest" || fail_in "$guest" "no programs in $guest"
  as_user "$guest" "[ ! -f ~/$name.passphrase ] || export MAU_PASSPHRASE_FILE=~/$name.passphrase
    exec mau --home ~/$name ${*@Q}" "${mau_seconds:-180}"
}

# A person's account, with its passphrase in a file beside it.
person() { # guest, name
  as_user "$1" "mkdir -p ~/$2 && umask 077 && echo 'the passphrase of $2' >~/$2.passphrase"
  mau "$1" "$2" init --name "$2" --email "$2@example.org" >"$place/$2.init" 2>&1 || fail_in "$1" "init of $2" "$place/$2.init"
}

# ---- accounts of this machine, where a command takes a tenth of the time; a guest gets copies of their homes

here() { # name of an account in $place/homes, words of mau...
  local name=$1
  shift
  MAU_PASSPHRASE_FILE=$place/homes/$name.passphrase "$top/bin/mau" --home "$place/homes/$name" "$@" >>"$place/accounts" 2>&1 ||
    fail "mau $*" "$place/accounts"
}

# A node's account and alice's, who are friends and follow each other; sets fingerprint, the node's.
alice_and() { # name of the node
  local name
  mkdir -p "$place/homes"
  for name in alice "$1"; do
    (umask 077 && echo "the passphrase of $name" >"$place/homes/$name.passphrase")
    here "$name" init --name "$name" --email "$name@example.org"
    here "$name" export --output "$place/$name.asc"
  done
  here "$1" friend "$place/alice.asc"
  here "$1" follow alice
  here alice friend "$place/$1.asc"
  here alice follow "$1"
  fingerprint=$(MAU_PASSPHRASE_FILE=$place/homes/alice.passphrase "$top/bin/mau" --home "$place/homes/alice" friends --json | jq -r '.[0].fingerprint')
}

# A reading that alice holds, as mau shows it once its signature is proved; in $place/CHANNEL.
shows() { # channel, condition in jq's words
  rm -f "$place/$1"
  here alice open "$1.json" --fingerprint "$fingerprint" --output "$place/$1"
  jq -e "$2" "$place/$1" >/dev/null || fail "the reading of $1 is not $2" "$place/$1"
}

# ---- mains of the tests

# Runs a class with a main from any module's tests, as an ordinary user; it prints "ok - what", "not ok - what" or
# "skipped - why" for each claim, "# ..." for figures worth a look, and ends with 0 if all went well.
main_in() { # guest, user, seconds, class, arguments...
  local guest=$1 user=$2 seconds=$3 class=$4 status=0
  shift 4
  install_programs "$guest" || fail_in "$guest" "no programs in $guest"
  "$top/bin/lab" run --user "$user" "$guest" "exec java-main $class ${*@Q}" "$seconds" >"$place/main.out" 2>&1 || status=$?
  sed -nE "s/^(ok|not ok|skipped) - /\1 $scenario: ${class##*.}: /p; s/^# /  # ${class##*.}: /p" "$place/main.out"
  if grep -q '^not ok - ' "$place/main.out" || { [ "$status" = 0 ] && ! grep -qE '^(ok|skipped) - ' "$place/main.out"; } ||
    [ "$status" != 0 ]; then
    fail_in "$guest" "$class ends with $status" "$place/main.out"
  fi
}
