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

# Whether nothing that goes into a build is newer than the last one.
is_built() {
  local stamp=$top/$1
  [ -f "$stamp" ] && [ -z "$(find "$top/pom.xml" "$top"/*/pom.xml "$top"/*/src/main -newer "$stamp" -print -quit)" ]
}

maven() {
  command -v mvn >/dev/null || fail "Maven is needed to build: install it (Debian: apt install maven)"
  # Older Mavens make a JDK 25 warn about Maven's own libraries.
  MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" \
    mvn -B -q -f "$top/pom.xml" "$@"
}

# Builds up to a module if its stamp is old; only one build at a time, and silent unless it fails.
build() {
  local module=$1 stamp=$1/target/built log
  is_built "$stamp" && return
  mkdir -p "$top/node-runtime/target"
  exec 9>"$top/node-runtime/target/build.lock"
  flock 9
  if ! is_built "$stamp"; then
    log=$(mktemp)
    [ ! -t 2 ] || printf 'building, once ...' >&2
    if ! maven -pl "$module" -am -DskipTests -Dspotless.check.skip package >"$log" 2>&1; then
      cat "$log" >&2
      fail "the build failed (full output above)"
    fi
    rm -f "$log"
    touch "$top/$stamp"
    [ ! -t 2 ] || printf ' done\n' >&2
  fi
  exec 9>&-
}

# The smallest process that keeps C2, whose intrinsics TLS and OpenPGP need (docs/footprint.md).
jvm_flags=(
  -XX:+UseSerialGC -Xms6m -Xmn3m -Xmx32m -Xss256k
  -XX:+UseCompactObjectHeaders -XX:MaxMetaspaceSize=64m -XX:ReservedCodeCacheSize=16m
  -XX:-UsePerfData -XX:TrimNativeHeapInterval=2000 "-XX:CompileCommand=quiet"
  "-XX:CompileCommand=MemLimit,*.*,8M~stop" -XX:+ExitOnOutOfMemoryError
)
export MALLOC_ARENA_MAX=2

class_path() {
  local jars
  jars=$(printf ':%s' "$1"/*.jar)
  printf '%s\n' "${jars#:}"
}
