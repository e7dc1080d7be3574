#!/usr/bin/env bash
# The mains of the tests that want a real radio do what they claim; ../mains lists them.
# seconds: 1200
. "$(dirname "$0")/../lib.bash"

run_line() { # words of the line...
  local settings=() seconds=120 user=mau
  while [[ $1 = --* ]]; do
    case $1 in
      --channels | --mtu) settings+=("$1" "$2") ;;
      --seconds) seconds=$2 ;;
      --user) user=$2 ;;
      *) fail "no option $1 in tools/src/lab/mains" ;;
    esac
    shift 2
  done
  radio one reset >"$place/reset" 2>&1 || fail_in one "the radio" "$place/reset"
  [ ${#settings[@]} = 0 ] || radio one settings "${settings[@]}" || fail_in one "the radio's settings"
  echo "  # $*${settings[*]:+ (${settings[*]})}"
  (main_in one "$user" "$seconds" "$@")
}

mapfile -t lines < <(grep -vE '^ *(#|$)' "$(dirname "$0")/../mains")
[ ${#lines[@]} -gt 0 ] || skip "tools/src/lab/mains names none"
status=0
for line in "${lines[@]}"; do
  read -ra words <<<"$line"
  run_line "${words[@]}" || status=1
done
exit "$status"
