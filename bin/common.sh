# Sourced by the scripts beside it: finds a JDK 25, builds what is missing, names the JVM's flags.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$1" >&2
  exit "${2:-1}"
}

# Whether a directory holds a JDK 25 that can compile.
is_jdk_25() {
  [ -x "$1/bin/javac" ] && grep -qs '^JAVA_VERSION="25[".+]' "$1/release"
}

find_jdk_25() {
  local candidate on_path
  on_path=$(command -v javac || true)
  for candidate in "${JAVA_HOME:-}" \
    "${on_path:+$(dirname "$(dirname "$(readlink -f "${on_path:-/}")")")}" \
    /usr/lib/jvm/* /opt/java/* /opt/jdk* "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/*; do
    if [ -n "$candidate" ] && is_jdk_25 "$candidate"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  fail "no JDK 25 found; install one (Debian 13: apt install openjdk-25-jdk-headless) or set JAVA_HOME to it" 1
}

node_lib=$top/node-runtime/target/node
mau_lib=$top/tools/target/cli
board_lib=$top/device-profiles/target/board
built=$top/target/built

# Whether nothing that goes into a build is newer than the last one.
is_built() {
  [ -f "$built" ] && [ -z "$(find "$top/pom.xml" "$top"/*/pom.xml "$top"/*/src/main -newer "$built" -print -quit)" ]
}

maven() {
  command -v mvn >/dev/null || fail "Maven is needed to build: install it (Debian: apt install maven)"
  # Older Mavens make a JDK 25 warn about Maven's own libraries.
  MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" \
    mvn -B -q -f "$top/pom.xml" "$@"
}

# Builds if a source is newer than the last build; only one build at a time, and silent unless it fails.
build() {
  local log
  is_built && return
  mkdir -p "$top/target"
  exec 9>"$top/target/build.lock"
  flock 9
  if ! is_built; then
    log=$(mktemp)
    [ ! -t 2 ] || printf 'building, once ...' >&2
    if ! maven -DskipTests -Dspotless.check.skip package >"$log" 2>&1; then
      cat "$log" >&2
      fail "the build failed (full output above)"
    fi
    [ "${MAU_AOT:-yes}" = no ] || train >"$log" 2>&1 9>&-
    rm -f "$log"
    touch "$built"
    [ ! -t 2 ] || printf ' done\n' >&2
  fi
  exec 9>&-
}

# The smallest process that keeps C2, whose intrinsics TLS and OpenPGP need (docs/footprint.md).
jvm_flags=(
  -XX:+UseSerialGC -Xms6m -Xmn3m -Xmx32m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -Xss256k
  -XX:+UseCompactObjectHeaders -XX:MaxMetaspaceSize=64m -XX:ReservedCodeCacheSize=16m
  -XX:-UsePerfData -XX:TrimNativeHeapInterval=2000 "-XX:CompileCommand=quiet"
  "-XX:CompileCommand=MemLimit,*.*,8M~stop" -XX:+ExitOnOutOfMemoryError
)
export MALLOC_ARENA_MAX=2
# Under a C locale Java could not write a file name that is not ASCII; what is drawn stays within ASCII all the same.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
  *[Uu][Tt][Ff]8 | *[Uu][Tt][Ff]-8) ;;
  *) export LC_ALL=C.UTF-8 MAU_GLYPHS=ascii ;;
esac

# Has the JVM keep the classes that the programs load for the next start; without, they start all the same, only slower.
train() {
  timeout --kill-after=5 90 "$BASH" "$top/bin/training.sh" || true
}

mau_class_path() {
  printf '%s:%s\n' "$(class_path "$mau_lib")" "$(class_path "$node_lib")"
}

# Puts a program in this shell's place: its cache of classes, its class path, its main class and words.
start() {
  local cache=$1
  shift
  [ ! -f "$cache" ] || jvm_flags+=("-XX:AOTCache=$cache" -Xlog:aot=off -Xlog:cds=off)
  exec "$JAVA_HOME/bin/java" "${jvm_flags[@]}" -cp "$@"
}

# Our own jars first: a resource of theirs is then found without opening the large ones, whose indexes would stay in memory.
class_path() {
  local jar ours=() theirs=()
  for jar in "$1"/*.jar; do
    case ${jar##*/} in
      node-runtime-* | device-profiles-* | ble-transport-* | tools-*) ours+=("$jar") ;;
      *) theirs+=("$jar") ;;
    esac
  done
  local IFS=:
  printf '%s\n' "${ours[*]:+${ours[*]}:}${theirs[*]}"
}

JAVA_HOME=$(find_jdk_25)
export JAVA_HOME
