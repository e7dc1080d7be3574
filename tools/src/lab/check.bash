# Part of bin/lab: runs scenarios, those that want the same guests after each other, in a laboratory of their own.

check() {
  local group unable
  options "$@"
  unable=$(why_not)
  if [ -n "$unable" ]; then
    echo "skipped lab: $unable"
    return 0
  fi
  [ -f "$lab/accelerator" ] || setup || { echo "skipped lab: no kernel could be had"; return 0; }
  worst=0
  prepare_place
  find_scenarios
  while read -r group; do
    in_group "$group"
  done < <(printf '%s\n' "${groups[@]}" | sort -u)
  return "$worst"
}

why_not() {
  local needed
  needed=$(missing)
  if [ -n "$needed" ]; then
    echo "missing: ${needed//$'\n'/, } (bin/lab setup installs it)"
  elif [ "$(id -u)" != 0 ]; then
    echo "a guest runs on this machine's own files, which takes root to read"
  fi
}

# Guests that somebody else has up are not disturbed: the kernel is shared, the guests are in a place of their own.
prepare_place() {
  local kept=$lab
  lab=$kept/check-$$
  export MAU_LAB=$lab
  mkdir -p "$lab"
  mkdir -p "$kept/pi"
  ln -s "$kept/kernel" "$kept/initrd.gz" "$kept/accelerator" "$kept/pi" "$lab/"
  trap 'down; rm -rf "$lab"' EXIT
  trap 'exit 130' INT TERM
}

# Sets scenarios, and groups: what guests each of them wants.
find_scenarios() {
  local name file
  scenarios=() groups=()
  [ ${#rest[@]} -gt 0 ] || mapfile -t rest < <(basename -s .sh "$parts"/scenarios/*.sh)
  for name in "${rest[@]}"; do
    file=$parts/scenarios/$name.sh
    [ -f "$file" ] || die "no scenario $name; there are: $(basename -s .sh "$parts"/scenarios/*.sh | xargs)" 2
    scenarios+=("$name")
    groups+=("$(header "$file" guests one)")
  done
}

header() { # file, key, default
  local value
  value=$(sed -n "2,8s/^# $2: *//p" "$1")
  echo "${value:-$3}"
}

in_group() { # what guests
  local i words
  read -ra words <<<"$1"
  for i in "${!scenarios[@]}"; do
    [ "${groups[i]}" != "$1" ] || one_scenario "${scenarios[i]}" "${words[@]}"
  done </dev/null
  down
}

one_scenario() { # scenario, guests, options...
  local start=$SECONDS file=$parts/scenarios/$1.sh status=0 out=$lab/claims
  if ! with_guests "${@:2}"; then
    echo "not ok $1: its guests do not come up"
    worst=1
    return
  fi
  {
    timeout --foreground --kill-after=5 "$(header "$file" seconds 180)" "$BASH" "$file" 2>&1 || status=$?
    echo "$status" >"$lab/status"
  } | tee "$out"
  read -r status <"$lab/status"
  [ "$status" != 124 ] || echo "not ok $1: it has not ended after $(header "$file" seconds 180) s"
  if [ "$status" != 0 ] || grep -q '^not ok' "$out"; then worst=1; fi
  if ! grep -qE '^(ok|not ok|skipped)' "$out" && [ "$status" != 124 ]; then
    echo "not ok $1: no claim, exit status $status"
    worst=1
  fi
  say "$1: $((SECONDS - start)) s"
}

# Up, and as after boot.
with_guests() { # one or two, options...
  local names=(one) name
  [ "$1" != none ] || return 0
  [ "$1" != two ] || names=(node phone)
  for name in "${names[@]}"; do
    if ! timeout 100 "$top/bin/lab" run "$name" 'pkill -KILL -x java; radio reset; rm -rf /home/mau/* /share/logs/*' 90 >/dev/null 2>&1; then
      down
      if [ "$1" = two ]; then (up2 "${@:2}"); else (up "${@:2}"); fi
      return
    fi
  done
}
