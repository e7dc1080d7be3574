# Sourced by scenarios, after lib.bash, that need networks of their own: namespaces joined by cables (veth), and a home with a
# real router (miniupnpd) in it. Needs root; everything is gone when the shell ends. By itself it prints nothing, and
# skip_without_networks and skip_without_miniupnpd end the scenario with a `skipped` line where this machine cannot.
#
#   client 192.168.77.2 ── .1 router 11.22.33.1 ── .9 outside
#
# The outer addresses are of a network that is nobody's here and the internet's by its number: documentation addresses are
# refused by miniupnpd, and by us.
networks_place=${place:-$(mktemp -d)}
networks_id=mau$$
networks=()
client_address=192.168.77.2
router_address=192.168.77.1
outer_address=11.22.33.1
outside_address=11.22.33.9
miniupnpd_pid=
miniupnpd_log=$networks_place/miniupnpd.log

# lib.bash's, for who sources this alone.
declare -F await >/dev/null || await() { # seconds, command...
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.05
  done
}

trap networks_end EXIT
networks_end() {
  stop_miniupnpd
  local name
  for name in "${networks[@]}"; do
    ip netns pids "$networks_id-$name" | xargs -r kill -KILL
    ip netns del "$networks_id-$name"
  done 2>/dev/null
  if declare -F leave >/dev/null; then leave; else rm -rf "$networks_place"; fi
}

# Says why there can be no networks here, or nothing.
why_no_networks() {
  command -v ip >/dev/null || { echo 'iproute2 is not installed'; return; }
  if ! { ip netns add "$networks_id-try" && ip netns exec "$networks_id-try" true; } 2>/dev/null; then
    echo 'network namespaces are not allowed'
  fi
  ip netns del "$networks_id-try" 2>/dev/null
}

why_no_miniupnpd() {
  command -v miniupnpd >/dev/null || { echo 'miniupnpd is not installed'; return; }
  command -v nft >/dev/null || { echo 'nftables is not installed'; return; }
  miniupnpd --version 2>&1 | grep -q nftables || echo 'miniupnpd is not the one for nftables'
}

skip_without_networks() { skip_if "$(why_no_networks)"; }

skip_without_miniupnpd() { skip_if "$(why_no_miniupnpd)"; }

skip_if() { # reason, if any
  [ -z "$1" ] && return
  printf 'skipped %s: %s here\n' "${scenario:-networks}" "$1"
  exit 0
}

add_network() { # name
  ip netns add "$networks_id-$1" && networks+=("$1") && ip -n "$networks_id-$1" link set lo up
}

in_network() { # name, command...
  local name=$1
  shift
  ip netns exec "$networks_id-$name" "$@"
}

# The same in the background. Signals to $network_pid reach the command itself, not a shell that waits for it.
start_in_network() { # name, command...
  local name=$1
  shift
  ip netns exec "$networks_id-$name" "$@" &
  network_pid=$!
}

# One cable; its ends are called after what is at the other end.
join_networks() { # name, address/bits, other name, address/bits
  ip -n "$networks_id-$1" link add "to-$3" type veth peer name "to-$1" netns "$networks_id-$3" &&
    plug_in "$1" "to-$3" "$2" && plug_in "$3" "to-$1" "$4"
}

plug_in() { # network, link, address/bits
  ip -n "$networks_id-$1" addr add "$3" dev "$2" && ip -n "$networks_id-$1" link set "$2" up
}

# The networks of the picture, and a router that translates but maps no ports yet.
add_home() {
  add_network client && add_network router && add_network outside &&
    join_networks client "$client_address/24" router "$router_address/24" &&
    join_networks router "$outer_address/24" outside "$outside_address/24" &&
    ip -n "$networks_id-client" route add default via "$router_address" &&
    ip -n "$networks_id-router" route add default via "$outside_address" &&
    in_network router sysctl -qw net.ipv4.ip_forward=1 &&
    in_network router nft -f - <<'RULES'
table inet filter {
  chain forward { type filter hook forward priority 0; policy accept; jump miniupnpd; }
  chain miniupnpd { }
  chain prerouting { type nat hook prerouting priority -100; policy accept; jump prerouting_miniupnpd; }
  chain postrouting { type nat hook postrouting priority 100; policy accept; oifname "to-outside" masquerade; jump postrouting_miniupnpd; }
  chain prerouting_miniupnpd { }
  chain postrouting_miniupnpd { }
}
RULES
}

# Starts miniupnpd on the router and waits until it listens; a second one takes the place of the first.
start_miniupnpd() { # further lines of its configuration, as enable_natpmp=yes enable_upnp=no
  stop_miniupnpd
  {
    printf '%s\n' ext_ifname=to-outside listening_ip=to-client http_port=5000 secure_mode=yes system_uptime=no \
      ipv6_disable=yes min_lifetime=2 max_lifetime=86400 uuid=00000000-0000-0000-0000-000000000000 "$@" \
      "allow 1024-65535 $client_address/24 1024-65535" "deny 0-65535 0.0.0.0/0 0-65535"
  } >"$networks_place/miniupnpd.conf"
  : >"$miniupnpd_log"
  start_in_network router miniupnpd -d -f "$networks_place/miniupnpd.conf" -P "$networks_place/miniupnpd.pid" \
    >"$miniupnpd_log" 2>&1
  miniupnpd_pid=$network_pid
  await 10 miniupnpd_listens_or_ended && kill -0 "$miniupnpd_pid" 2>/dev/null
}

miniupnpd_listens_or_ended() {
  kill -0 "$miniupnpd_pid" 2>/dev/null || return 0
  case "$(cat "$networks_place/miniupnpd.conf")" in
  *enable_natpmp=yes*) grep -q 'Listening for NAT-PMP/PCP' "$miniupnpd_log" ;;
  *) grep -q 'HTTP listening' "$miniupnpd_log" ;;
  esac
}

# It takes its mappings with it, as a router does that is switched off.
stop_miniupnpd() {
  [ -n "$miniupnpd_pid" ] || return 0
  {
    kill -TERM "$miniupnpd_pid"
    wait "$miniupnpd_pid"
  } 2>/dev/null
  miniupnpd_pid=
  in_network router nft flush chain inet filter prerouting_miniupnpd
  in_network router nft flush chain inet filter miniupnpd
}

# What the kernel of the router forwards: a line `OUTER_PORT ADDRESS:PORT` for each mapping.
mappings() {
  in_network router nft list chain inet filter prerouting_miniupnpd |
    sed -n 's/.*dport \([0-9]*\).*dnat ip to \([0-9.:]*\).*/\1 \2/p'
}

is_mapped() { # outer port
  mappings | grep -q "^$1 "
}

is_not_mapped() { # outer port
  ! is_mapped "$1"
}
