#!/usr/bin/env bash
# The contract of the exchange, which HTTPS keeps, holds over real Bluetooth LE by HTTP/1.1.
# guests: one --controllers 4
# seconds: 700
. "$(dirname "$0")/../lib.bash"

main_in one root 600 org.maunode.http.ExchangeOverRealBle --http1
