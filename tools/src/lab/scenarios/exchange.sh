#!/usr/bin/env bash
# The contract of the exchange, which HTTPS keeps, holds over real Bluetooth LE, by HTTP/2 and by HTTP/1.1.
# guests: one --controllers 4
# seconds: 900
. "$(dirname "$0")/../lib.bash"

main_in one root 420 org.maunode.http.ExchangeOverRealBle
radio one reset >"$place/reset" 2>&1 || fail_in one "the radio" "$place/reset"
main_in one root 420 org.maunode.http.ExchangeOverRealBle --http1
