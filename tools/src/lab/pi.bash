# Part of bin/lab: an emulated Raspberry Pi 3 Model B (docs/lab.md). "lab pi setup" makes its card, "lab pi run" boots it: a
# command's words come out of its serial line between two marks. Nothing that it writes is kept.
board=$lab/pi

# qemu-system-aarch64 has the board; its kernel is that of Debian 12, its programs are Debian 13's, where JDK 25 is.
board_tools=(qemu-system-aarch64 mke2fs cpio depmod dpkg)
board_tool_packages=(qemu-system-arm e2fsprogs cpio kmod dpkg debian-archive-keyring)
board_suite=bookworm
board_kernel=linux-image-arm64
card_suite=trixie
card_packages=(openjdk-25-jre-headless libc-bin bash coreutils grep sed mawk procps util-linux gpiod curl)

pi() {
  local word=${1:-}
  [ $# = 0 ] || shift
  case $word in
    setup) board_setup "$@" ;;
    run) board_run "$@" ;;
    *) die "pi setup, or pi run DIR CMD [SECONDS]" 2 ;;
  esac
}

# ---- what it needs

board_missing() {
  local tool
  for tool in "${board_tools[@]}"; do
    PATH=$PATH:/usr/sbin:/sbin command -v "$tool" >/dev/null || echo "$tool"
  done
  [ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || echo "Debian's keyring"
  [ -n "$(archive)" ] || echo "Debian's archive among apt's sources"
}

# Whether the card is made, and of the packages and the users that are named here now.
board_is_ready() { [ "$(cat "$board/made-of" 2>/dev/null)" = "$(card_contents)" ]; }

card_contents() { echo "$board_suite $board_kernel $card_suite ${card_packages[*]}; 1"; }

board_setup() {
  local needed
  mkdir -p "$board/"
  needed=$(board_missing)
  [ -z "$needed" ] || packages=("${board_tool_packages[@]}") install_packages "$needed"
  needed=$(board_missing)
  [ -z "$needed" ] || die "still missing: ${needed//$'\n'/, }"
  exec 8>"$board/lock"
  flock 8
  if ! board_is_ready; then
    rm -rf "$board/new"
    mkdir -p "$board/new"
    lists "$board_suite" && lists "$card_suite"
    fetch_kernel
    fetch_card
    rm -rf "$board"/{kernel,card.img,made-of}
    mv "$board"/new/* "$board/"
    rmdir "$board/new"
    card_contents >"$board/made-of"
  fi
  say "the board is ready in $board: $(ls "$board/kernel/lib/modules")"
}

# Debian's tools for packages, for arm64 and one suite, with lists and files of their own. Every file is checked by its
# hash, and the hashes by Debian's signature; what has come stays, and is not fetched again.
apt_for() { # suite, tool, words...
  local suite=$1 tool=$2 place=$board/fetched/$1
  shift 2
  mkdir -p "$place"/{lists/partial,sources,cache/archives/partial,log}
  touch "$place/status"
  printf 'deb [arch=arm64 signed-by=%s] %s %s main\n' /usr/share/keyrings/debian-archive-keyring.gpg "$(archive)" "$suite" \
    >"$place/sources/debian.list"
  "$tool" -q -oAPT::Architecture=arm64 -oAPT::Architectures=arm64 -oDir::State::Lists="$place/lists" \
    -oDir::State::status="$place/status" -oDir::Etc::SourceList=/dev/null -oDir::Etc::SourceParts="$place/sources" \
    -oDir::Cache="$place/cache" -oDir::Log="$place/log" -oAPT::Install-Recommends=false -oAPT::Sandbox::User= \
    -oDebug::NoLocking=1 -oAcquire::Languages=none -oAcquire::Retries=3 -oDpkg::Use-Pty=0 "$@"
}

# Where this machine has its own packages from, if they are Debian's.
archive() {
  local own
  own=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
    grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1 | tr -d ' ') || true
  echo "$own"
}

# What Debian has now; what it has no more is not kept either.
lists() { # suite
  apt_for "$1" apt-get update >"$board/apt.log" 2>&1 && ! grep -qE '^(E|W): ' "$board/apt.log" || unfetched "the list of $1's packages"
  apt_for "$1" apt-get autoclean >>"$board/apt.log" 2>&1
}

unfetched() { # what
  grep -E '^(E|W|Err)' "$board/apt.log" | tail -n 10 >&2 || tail -n 10 "$board/apt.log" >&2
  die "$1 does not come from $(archive); what has come is kept: try again"
}

unpack() { # package's file, directory
  dpkg -x "$1" "$2" 2>>"$board/apt.log" && return
  rm -f "$1"
  die "${1##*/} is broken and was thrown away: try again"
}

fetch_kernel() {
  local package file
  package=$(apt_for "$board_suite" apt-cache depends "$board_kernel" | awk '/Depends:/ { print $2; exit }')
  [ -n "$package" ] || die "no $board_kernel among $board_suite's packages"
  say "fetching $package for arm64"
  fetch "$board_suite" "$package" busybox-static
  for file in "$board/fetched/$board_suite/cache/archives"/{"$package",busybox-static}_*.deb; do
    unpack "$file" "$board/new/kernel"
  done
  PATH=$PATH:/sbin:/usr/sbin depmod -b "$board/new/kernel" "$(ls "$board/new/kernel/lib/modules")"
}

# The packages of these names alone, without what they depend on: the kernel wants tools that nobody here calls.
fetch() { # suite, packages...
  local suite=$1
  shift
  (cd "$board/fetched/$suite/cache/archives" && apt_for "$suite" apt-get download "$@") >"$board/apt.log" 2>&1 || unfetched "$*"
}

# A card with Debian's files, and no installation: no script of a package has run.
fetch_card() {
  local root=$board/new/root file
  say "fetching ${card_packages[0]} for arm64, and what it needs"
  apt_for "$card_suite" apt-get -y --download-only install "${card_packages[@]}" >"$board/apt.log" 2>&1 ||
    unfetched "${card_packages[*]}"
  mkdir "$root"
  # First the one with the links from /bin to /usr/bin.
  for file in "$board/fetched/$card_suite/cache/archives"/{base-files_,}*.deb; do
    unpack "$file" "$root"
  done
  furnish "$root"
  truncate -s 1G "$board/new/card.img"
  PATH=$PATH:/sbin:/usr/sbin mke2fs -q -t ext4 -d "$root" "$board/new/card.img" 2>>"$board/apt.log" || die "the card cannot be made"
  rm -rf "$root"
}

# What an installation would have done of it: users, names, where Java is.
furnish() { # root
  printf '%s\n' root:x:0:0::/root:/bin/bash mau:x:6275:6275::/home/mau:/bin/bash >"$1/etc/passwd"
  printf '%s\n' root:x:0: gpio:x:993:mau mau:x:6275: >"$1/etc/group"
  printf '%s\n' '127.0.0.1 localhost pi' >"$1/etc/hosts"
  echo pi >"$1/etc/hostname"
  mkdir -p "$1/app" "$1/home/mau"
  ln -sf mawk "$1/usr/bin/awk"
  ln -sf ../lib/jvm/java-25-openjdk-arm64/bin/java "$1/usr/bin/java"
}

# ---- one boot

board_run() { # DIR, command, seconds
  [ $# = 2 ] || [ $# = 3 ] || die "pi run DIR CMD [SECONDS]" 2
  local status=0
  [ -d "$1" ] || die "no directory $1" 2
  board_is_ready || die "bin/lab pi setup comes first"
  mkdir -p "$lab/boards"
  board_place=$(mktemp -d "$lab/boards/XXXXXX")
  trap leave_board EXIT
  trap 'exit 130' INT TERM
  board_initrd "$1" "$2" "$board_place"
  board_boot "$board_place" "${3:-300}"
  board_output "$board_place" "${3:-300}" || status=$?
  return "$status"
}

leave_board() {
  [ -z "${board_pid:-}" ] || kill "$board_pid" 2>/dev/null || true
  rm -rf "$board_place"
}

# Not packed: to unpack takes the board longer than to be given more.
board_initrd() { # DIR, command, place
  local tree=$3/tree module version
  version=$(ls "$board/kernel/lib/modules")
  mkdir -p "$tree"/{bin,modules,app}
  cp "$board/kernel/bin/busybox" "$tree/bin/"
  cp -rL "$1/." "$tree/app/"
  install -m 755 "$parts/pi/init" "$tree/init"
  printf '%s\n' "$2" >"$tree/command"
  for module in bcm2835 sdhci_iproc ext4 crc32c_generic overlay; do
    PATH=$PATH:/sbin:/usr/sbin modprobe -d "$board/kernel" -S "$version" --show-depends "$module"
  done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' >"$3/modules"
  xargs -a "$3/modules" -d '\n' cp -t "$tree/modules"
  sed 's|.*/||' "$3/modules" >"$tree/modules/order"
  (cd "$tree" && find . | cpio -o -H newc --quiet) >"$3/initrd" || die "the board's memory cannot be laid out"
  rm -rf "$tree"
}

# The board has no clock that goes on without power; it is given this machine's time, as NTP would. It does not outlive
# its time, even if this shell is killed.
board_boot() { # place, seconds
  local kernel=$board/kernel
  exec {board_says}< <(exec timeout --kill-after=5 "$(($2 + 10))" qemu-system-aarch64 -M raspi3b -m 1G -no-reboot -display none -monitor none \
    -kernel "$kernel"/boot/vmlinuz-* -initrd "$1/initrd" \
    -dtb "$kernel"/usr/lib/linux-image-*/broadcom/bcm2837-rpi-3-b.dtb \
    -append "console=ttyAMA0 quiet loglevel=1 panic=-1 iomem=relaxed mau-time=$(date +%s)" \
    -drive "file=$board/card.img,if=sd,format=raw,snapshot=on" -serial stdio -serial null </dev/null 2>"$1/qemu.log")
  board_pid=$!
}

# Prints what the command says, as it says it. Between the marks of init; the rest is the kernel's.
board_output() { # place, seconds
  local line end=$((SECONDS + $2)) inside=false status=
  while [ "$SECONDS" -lt "$end" ] && IFS= read -r -t "$((end - SECONDS))" -u "$board_says" line; do
    line=${line%$'\r'}
    case $line in
      mau-lab-begin) inside=true ;;
      mau-lab-end\ *) status=${line##* } && break ;;
      *) if $inside; then printf '%s\n' "$line"; else printf '%s\n' "$line" >>"$1/console"; fi ;;
    esac
  done
  [ -z "$status" ] || return "$status"
  tail -n 20 "$1/console" "$1/qemu.log" 2>/dev/null | sed 's/^/  # board: /' >&2
  kill -0 "$board_pid" 2>/dev/null || die "the board is dead" 125
  die "no end in $2 s; switched off" 124
}
