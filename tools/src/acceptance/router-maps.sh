#!/usr/bin/env bash
# A node at home behind a real router (miniupnpd): the router forwards a port to it, the mapping is renewed, callers from
# outside get through, and it is gone after SIGTERM.
. "$(dirname "$0")/lib.bash"
. "$(dirname "$0")/namespaces.bash"
skip_without_networks
skip_without_miniupnpd
add_home || fail "a home with a router"
alone=()

node_at_home() { # words...
  inside=(ip netns exec "$networks_id-client")
  start_node node --port 6275 "$@"
  inside=()
}
log=$place/node.err

for protocol in pcp upnp; do
  # A lease of 12 seconds has to be renewed while this looks on.
  case $protocol in
  pcp) start_miniupnpd enable_natpmp=yes enable_upnp=no max_lifetime=12 ;;
  upnp) start_miniupnpd enable_natpmp=no enable_upnp=yes ;;
  esac || fail "miniupnpd" "$miniupnpd_log"
  node_at_home
  await 20 is_mapped 6275 || fail "no mapping by $protocol" "$log" "$miniupnpd_log"
  [ "$(mappings)" = "6275 $client_address:6275" ] || fail "another mapping: $(mappings)"
  ok "$protocol: the router forwards port 6275"
  in_network outside curl -sSk --max-time 20 "https://$outer_address:6275/p2p/$node_fpr" -o "$place/list.json" ||
    fail "nobody gets through from outside" "$log"
  jq -e 'length > 0' "$place/list.json" >/dev/null || fail "the listing" "$place/list.json"
  ok "$protocol: a caller outside gets through"
  knows_outside() {
    mau node status --json >"$place/status" && jq -e '.outside.address == "'"$outer_address"':6275"' "$place/status" >/dev/null
  }
  await 10 knows_outside || fail "status does not know the outer address" "$place/status" "$log"
  ok "$protocol: mau status tells the outer address"
  if [ "$protocol" = pcp ]; then
    sleep 16
    is_mapped 6275 || fail "not renewed" "$log" "$miniupnpd_log"
    ok "$protocol: renewed, 16 s into leases of 12 s"
  fi
  stop TERM "$node_pid"
  await 3 is_not_mapped 6275 || fail "the mapping outlives the node" "$log" "$miniupnpd_log"
  ok "$protocol: gone after SIGTERM"
done

node_at_home --no-upnp
sleep 3
is_not_mapped 6275 || fail "a port is mapped in spite of --no-upnp"
ok "--no-upnp asks no router"
