#!/usr/bin/env bash
# The lab has sensors behind a real I2C bus of the kernel (i2c-stub), with the kernel's own drivers for them.
. "$(dirname "$0")/../lib.bash"

in_guest one '
  modprobe -a i2c-dev lm75 bmp280-i2c && modprobe i2c-stub chip_addr=0x48,0x76 || exit 1
  for bus in /sys/bus/i2c/devices/i2c-*; do
    [[ $(<"$bus/name") != "SMBus stub driver" ]] || break
  done
  number=${bus##*-}
  word() { i2cset -f -y "$number" "$1" "$2" "$3" w; }
  # lm75: a temperature is 9 bits, the high byte first, and SMBus words have the low byte first.
  word 0x48 0 0x801e
  echo lm75 0x48 >"$bus/new_device"
  read -r warm <"$bus/$number-0048"/hwmon/hwmon*/temp1_input
  word 0x48 0 0x80f6
  # The kernel reads anew after the time of a conversion.
  end=$((SECONDS + 20))
  until read -r cold <"$bus/$number-0048"/hwmon/hwmon*/temp1_input && [ "$cold" != "$warm" ] || [ "$SECONDS" -gt "$end" ]; do :; done
  echo "lm75 $warm $cold"
  # bmp280: who it is, the calibration of the data sheet (4.0, section 3.12), and a measurement that goes with it.
  bytes() { i2cset -f -y "$number" 0x76 "$@"; }
  calibration=
  for value in 27504 26435 -1000 36477 -10685 3024 2855 140 -7 15500 -14600 6000; do
    calibration+=" $((value & 0xff)) $(((value >> 8) & 0xff))"
  done
  bytes 0xd0 0x58 b
  bytes 0x88 $calibration i
  bytes 0xf7 0x65 0x5a 0xc0 0x7e 0xed 0x00 i
  echo bmp280 0x76 >"$bus/new_device"
  for device in "$bus/$number-0076"/iio:device*; do
    echo "bmp280 $(<"$device/in_temp_input") $(<"$device/in_pressure_input")"
  done
' 60 >"$place/sensors" 2>&1 || fail_in one "sensors" "$place/sensors"
grep -qx 'lm75 30500 -9500' "$place/sensors" || fail_in one "lm75" "$place/sensors"
ok "an lm75 behind i2c-stub reads 30.5 and then -9.5 degrees"
grep -qE '^bmp280 25080 100[.]653' "$place/sensors" || fail_in one "bmp280" "$place/sensors"
ok "a bmp280 behind i2c-stub reads what its data sheet gives as an example"
in_guest one 'ls /dev/gpiochip* || modprobe gpio-sim' >"$place/gpio" 2>&1 || skip "no GPIO lines: Debian's kernel has no gpio-sim"
ok "the lab has GPIO lines"
