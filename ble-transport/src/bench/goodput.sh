#!/usr/bin/env bash
# Floods raw frames over a link, then carries as many bytes through a line, both ways, and prints both speeds of the same run.
#
#   goodput.sh                            over the radio in memory, at the pace of BlueZ and of a real radio, and with none
#   goodput.sh air FRAME BYTES [MICROS]   once: frames of so many bytes, each of which takes so many microseconds
#   goodput.sh server ADAPTER [FRAME]     on BlueZ, until its input ends
#   goodput.sh client ADAPTER ADDRESS [FRAME BYTES [DBUS | TINYB | ANY]]
. "$(dirname "$0")/../../../bin/common.sh"
maven -pl ble-transport -Dspotless.check.skip test-compile >&2
java=$(find_jdk_25)/bin/java

goodput() {
  "$java" -XX:+UseSerialGC -cp "$top/ble-transport/target/classes:$top/ble-transport/target/test-classes" \
    org.maunode.ble.line.Goodput "$@"
  echo
}

if [ $# -gt 0 ]; then
  goodput "$@"
else
  goodput air 509 1000000 6800
  goodput air 244 1000000 2500
  goodput air 244 1000000
fi
