# Sourced by commands for a guest: people's bluetoothctl as any number of sides, each on an adapter of its own.
#
#   side A hci0                    begins one
#   tell A scan le                 says something to it
#   heard A 'Discovering: yes' 30  waits for what it says, or ends with what it said instead

declare -A talking on
talk=$(mktemp -d)

side() { # name, hci
  local fd
  mkfifo "$talk/$1.in"
  bluetoothctl <"$talk/$1.in" >"$talk/$1" 2>&1 &
  exec {fd}>"$talk/$1.in"
  talking[$1]=$fd on[$1]=$2
  heard "$1" 'Agent registered' 60
  local address
  address=$(property "$2" Adapter1 Address)
  tell "$1" select "$address"
  tell "$1" show
  heard "$1" "Controller $address .public"
}

tell() { # side, words...
  echo "${*:2}" >&"${talking[$1]}"
}

hears() { # side, extended regular expression, seconds
  timeout "$3" grep -qE -m 1 -e "$2" < <(exec tail -n +1 -F "$talk/$1" 2>/dev/null)
}

heard() { # side, extended regular expression, seconds (60)
  hears "$1" "$2" "${3:-60}" && return
  echo "side $1 did not hear: $2"
  tail -n 20 "$talk/$1"
  exit 1
}

property() { # object, interface, property: its value
  dbus-send --system --print-reply=literal --dest=org.bluez "/org/bluez/$1" org.freedesktop.DBus.Properties.Get \
    "string:org.bluez.$2" "string:$3" | sed -E 's/^ *variant *//; s/^(boolean|u?int16|u?int32|byte) //'
}

# The Mau service, advertised, with a characteristic that can be read.
offer() { # side
  tell "$1" menu gatt
  tell "$1" register-service e9498798-3deb-4d3f-839a-f8b66845cd4f
  tell "$1" yes
  tell "$1" register-characteristic e9498799-3deb-4d3f-839a-f8b66845cd4f read
  tell "$1" 1
  tell "$1" register-application
  heard "$1" 'Application registered'
  tell "$1" back
  tell "$1" advertise.uuids e9498798-3deb-4d3f-839a-f8b66845cd4f
  tell "$1" advertise on
  heard "$1" 'Advertising object registered'
}

# Whether a property has a value in time; everybody's bluetoothctl tells of everybody's devices, the bus tells whose they are.
becomes() { # object, interface, property, value, seconds
  local end=$((SECONDS + $5))
  until [ "$(property "$1" "$2" "$3" 2>/dev/null)" = "$4" ]; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.2
  done
}

# btvirt tells a scanner of an advertisement when the scan begins; then the advertisement may be between two turns.
find() { # side, address
  local try device=${on[$1]}/dev_${2//:/_}
  for try in 1 2 3 4 5 6; do
    tell "$1" scan le
    becomes "$device" Device1 Address "$2" 20 && break
    tell "$1" scan off
  done
  becomes "$device" Device1 Address "$2" 5 || { echo "${on[$1]} does not find $2"; exit 1; }
  tell "$1" scan off
}

join() { # side, address
  local device=${on[$1]}/dev_${2//:/_}
  find "$1" "$2"
  tell "$1" connect "$2"
  becomes "$device" Device1 ServicesResolved true 60 ||
    { echo "${on[$1]} does not connect to $2"; tail -n 20 "$talk/$1"; exit 1; }
}

# The MTU of each characteristic that an adapter sees at the far end.
mtus() { # hci
  dbus-send --system --print-reply --dest=org.bluez / org.freedesktop.DBus.ObjectManager.GetManagedObjects |
    awk -v hci="/org/bluez/$1/" '/object path/ { here = index($0, hci) } /"MTU"/ { found = here; next } found { print $NF; found = 0 }'
}
