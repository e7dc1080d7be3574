#!/usr/bin/env bash
# The lab has sensors behind a real I2C bus of the kernel (i2c-stub), with the kernel's own drivers for them.
. "$(dirname "$0")/../lib.bash"

in_guest one '
  chips bus >number || exit 1
  bus=/sys/bus/i2c/devices/i2c-$(<number)
  chips warm 61 && chips plug lm75 || exit 1
  read -r warm <"$bus/$(<number)-0048"/hwmon/hwmon*/temp1_input
  chips warm -19
  # The kernel reads anew after the time of a conversion.
  end=$((SECONDS + 20))
  until read -r cold <"$bus/$(<number)-0048"/hwmon/hwmon*/temp1_input && [ "$cold" != "$warm" ] || [ "$SECONDS" -gt "$end" ]; do :; done
  echo "lm75 $warm $cold"
  chips air && chips plug bmp280 || exit 1
  for device in "$bus/$(<number)-0076"/iio:device*; do
    echo "bmp280 $(<"$device/in_temp_input") $(<"$device/in_pressure_input")"
  done
  chips unplug lm75 && chips unplug bmp280
' 60 >"$place/sensors" 2>&1 || fail_in one "sensors" "$place/sensors"
grep -qx 'lm75 30500 -9500' "$place/sensors" || fail_in one "lm75" "$place/sensors"
ok "an lm75 behind i2c-stub reads 30.5 and then -9.5 degrees"
grep -qE '^bmp280 25080 100[.]653' "$place/sensors" || fail_in one "bmp280" "$place/sensors"
ok "a bmp280 behind i2c-stub reads what its data sheet gives as an example"
in_guest one 'ls /dev/gpiochip* || modprobe gpio-sim' >"$place/gpio" 2>&1 || skip "no GPIO lines: Debian's kernel has no gpio-sim"
ok "the lab has GPIO lines"
