#!/usr/bin/env bash
# On an emulated Raspberry Pi 3 a signed command drives a relay's line, and what the node costs there.
# guests: none
# seconds: 900
# With WITH_CACHE=yes it also makes the JVM's cache of classes there, for figures: some minutes more.
. "$(dirname "$0")/../lib.bash"

"$top/bin/lab" pi setup 2>"$place/setup" || skip "no board: $(tail -n 1 "$place/setup" | sed 's/^lab: //')"

alice_and shed
here shed groups add household alice
mkdir "$place/app" && cp -r "$place/homes" "$place/app/home" && cp -r "$top/tools/src/lab/pi" "$place/app/lab"

cat >"$place/app/shed.json" <<'PROFILE'
{
  "name": "shed", "version": 1, "title": "A shed with a pump and a door", "include": ["host"],
  "channels": {
    "relay": {"title": "Pump", "driver": "relay", "wiring": {"pin": 17}, "sets": "onOff", "controllers": "household",
      "failSafe": false, "maxOnSeconds": 900},
    "door": {"title": "Door", "driver": "contact", "wiring": {"pin": 23}, "measures": "contact", "periodSeconds": 5, "readers": "public"}
  }
}
PROFILE
(
  . "$top/bin/common.sh"
  mkdir "$place/app/node" "$place/app/board" "$place/app/cli"
  cp "$node_lib"/*.jar "$place/app/node/"
  cp "$board_lib"/*.jar "$place/app/board/"
  cp "$mau_lib"/*.jar "$place/app/cli/"
  with_cache=${WITH_CACHE:-no}
  declare -p fingerprint with_cache jvm_flags >"$place/app/settings"
  declare -f class_path start >>"$place/app/settings"
)

status=0
"$top/bin/lab" pi run "$place/app" 'exec ./lab/relay' 800 >"$place/board" 2>&1 || status=$?
sed -nE "s/^(ok|not ok|skipped) - /\1 $scenario: /p; s/^# /  # /p" "$place/board"
[ "$status" = 0 ] || fail "the board ends with $status" "$place/board"

# The contact was closed behind the kernel's back; its reading is proved as everywhere else, by somebody else.
mkdir -p "$place/homes/alice/$fingerprint"
sed -n 's/^door //p' "$place/board" | base64 -d >"$place/homes/alice/$fingerprint/door.json.pgp"
shows door '.value == true and .["mau:quality"] == "ok"'
ok "an input that went high is in a reading that the node signed"
