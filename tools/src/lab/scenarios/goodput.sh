#!/usr/bin/env bash
# A file over TLS and HTTP comes, and is left, at no less than 80 % of the speed of bare frames over the same adapters.
# seconds: 400
. "$(dirname "$0")/../lib.bash"

main_in one root 360 org.maunode.http.GoodputOverRealBle
