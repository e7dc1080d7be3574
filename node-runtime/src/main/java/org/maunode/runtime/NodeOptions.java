package org.maunode.runtime;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.maunode.device.WritePolicy;
import org.maunode.device.profile.Profiles;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.runtime.NetworkOptions.Way;
import org.maunode.store.ContentStore;

/**
 * What a node was told on its command line.
 *
 * @param home the account directory
 * @param name of a new account; an old one keeps its own
 * @param readers the group that readings are sealed for; empty for public ones
 */
record NodeOptions(
        Path home,
        Optional<String> name,
        Optional<Path> passphraseFile,
        Optional<String> readers,
        Optional<Path> readyFile,
        NodeLog.Verbosity verbosity,
        DeviceOptions devices,
        NetworkOptions network,
        RadioOptions radio) {
    static final String USAGE =
            """
            usage: bin/run [OPTION]...

            Starts a Mau node: it publishes what this machine measures as signed files, and serves them over HTTPS.

              --home DIR              the node's directory; made if missing (default: mau-home)
              --name NAME             the name of a new node (default: this machine's name)
              --port PORT             listen on this port, 0 for any (default: 6275)
              --bind ADDRESS          listen on this address alone, and ask no router for a port (default: all)
              --profile NAME|FILE     what hangs on this machine: host, greenhouse, weather, door, power, or a file
                                      (default: host; see bin/mau profile)
              --simulate              a simulated board with what the profile hangs on it
              --write-every SECONDS   a reading is shown at once and written at most this often, 0 to 240: each write wears the
                                      card, and a power cut takes what was not written (default: 60)
              --for GROUP             seal readings for this group of friends (default: readings are public)
              --peer FPR@HOST[:PORT]  where a followed peer is; may be given again
              --bootstrap FPR@HOST[:PORT]
                                      a node through which others are found across networks; may be given again
              --announce HOST[:PORT]  where others reach this node, if a port was forwarded by hand
              --no-upnp               ask no router for a port
              --no-discovery          announce nothing, look for nobody, ask no router: peers are where somebody wrote
                                      down, or where they were before
              --ble                   be in touch by Bluetooth LE even if an adapter is plugged in later (default: if this
                                      machine knows Bluetooth when the node starts)
              --no-ble                leave Bluetooth alone
              --ble-adapter ADDRESS   the adapter of this address (default: the first)
              --ble-frame BYTES       the longest frame that is sent, 20 to 509 (default: 244)
              --ble-pairing HOW       phones may pair, which Mau itself does not need: none, for a board without a display,
                                      or passkey (default: as BlueZ is set up)
              --ble-display FILE      where a passkey is shown
              --ble-bonds WHAT        keep or refuse what is left of a pairing (default: keep)
              --ble-window SECONDS    how long phones may pair after the start (default: 120)
              --passphrase-file FILE  the account's passphrase (default: a file that the node makes and keeps for itself)
              --ready-file FILE       written once the node serves: JSON with name, fingerprint, port, home, pid
              --log LEVEL             error, warn, info, debug or trace (default: info)
              --help                  this text
              --version               the version

            Ends cleanly on SIGTERM and SIGINT. Exit codes: see docs/exit-codes.md.
            """;

    private static final int MAX_PORT = 65535;

    /**
     * Reads the command line.
     *
     * @throws UsageException if a word is not understood
     * @throws org.maunode.device.profile.ProfileException if the profile is not sound
     */
    static NodeOptions parse(List<String> words) {
        Values values = new Values(words);
        return new NodeOptions(
                Path.of(values.one("--home").orElse("mau-home"))
                        .toAbsolutePath()
                        .normalize(),
                values.one("--name"),
                values.one("--passphrase-file").map(Path::of),
                values.one("--for"),
                values.one("--ready-file").map(Path::of).map(Path::toAbsolutePath),
                values.one("--log").map(NodeOptions::verbosity).orElse(NodeLog.Verbosity.INFO),
                devices(values),
                network(values),
                RadioWords.read(values::one, values::has));
    }

    /** A profile with a mistake is told of before anything starts, or is made. */
    private static DeviceOptions devices(Values values) {
        return new DeviceOptions(
                values.one("--profile").map(Profiles::named).orElseGet(Profiles::host),
                values.has("--simulate") ? DeviceOptions.Board.SIMULATED : DeviceOptions.Board.REAL,
                values.one("--write-every").map(NodeOptions::writing).orElse(WritePolicy.DEFAULT));
    }

    private static NetworkOptions network(Values values) {
        Set<Way> ways = ways(values);
        return new NetworkOptions(
                bind(values),
                values.one("--announce").map(NodeOptions::announced),
                ways,
                bootstrap(values, ways),
                contacts(values, "--peer").stream()
                        .collect(Collectors.toMap(Contact::fingerprint, Contact::address, (_, last) -> last)));
    }

    private static InetSocketAddress bind(Values values) {
        int port = values.one("--port").map(NodeOptions::port).orElse(HostAndPort.DEFAULT_PORT);
        Optional<String> host = values.one("--bind");
        InetSocketAddress address =
                host.map(name -> new InetSocketAddress(name, port)).orElseGet(() -> new InetSocketAddress(port));
        if (address.isUnresolved()) {
            throw new UsageException("--bind " + host.orElseThrow() + ": no address of this machine");
        }
        return address;
    }

    private static InetSocketAddress announced(String text) {
        try {
            return place("--announce", text);
        } catch (IllegalArgumentException malformed) {
            throw new UsageException("--announce " + text + ": " + malformed.getMessage());
        }
    }

    private static List<Contact> bootstrap(Values values, Set<Way> ways) {
        List<Contact> contacts = contacts(values, "--bootstrap");
        if (!contacts.isEmpty() && !ways.contains(Way.OVERLAY)) {
            throw new UsageException("--bootstrap: --no-discovery looks for nobody");
        }
        return contacts;
    }

    private static Set<Way> ways(Values values) {
        Set<Way> ways = EnumSet.allOf(Way.class);
        if (values.has("--no-upnp")) {
            ways.remove(Way.ROUTER);
        }
        if (values.has("--no-discovery")) {
            ways.clear();
        }
        return ways;
    }

    private static List<Contact> contacts(Values values, String option) {
        List<Contact> contacts = new ArrayList<>();
        values.all(option).forEach(text -> contacts.add(contact(option, text)));
        return contacts;
    }

    private static int port(String text) {
        return number("--port", text, MAX_PORT);
    }

    private static WritePolicy writing(String text) {
        int most = (int) ContentStore.SLOWEST.toSeconds();
        return WritePolicy.DEFAULT.every(Duration.ofSeconds(number("--write-every", text, most)));
    }

    private static int number(String option, String text, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, as for a number out of range.
        }
        throw new UsageException(option + " " + text + ": not a number between 0 and " + most);
    }

    private static NodeLog.Verbosity verbosity(String text) {
        return NodeLog.Verbosity.of(text)
                .orElseThrow(() -> new UsageException("--log " + text + ": not error, warn, info, debug or trace"));
    }

    private static Contact contact(String option, String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new UsageException(option + " " + text + ": not FINGERPRINT@HOST:PORT");
        }
        try {
            return new Contact(Fingerprint.of(text.substring(0, at)), place(option, text.substring(at + 1)));
        } catch (IllegalArgumentException malformed) {
            throw new UsageException(option + " " + text + ": " + malformed.getMessage());
        }
    }

    /** What others are told, or are asked across networks, is in a network. */
    private static InetSocketAddress place(String option, String text) {
        InetSocketAddress address = HostAndPort.parse(text);
        if (!option.equals("--peer") && HostAndPort.isBle(address.getHostString())) {
            throw new IllegalArgumentException(text + " is an address of Bluetooth, which leads nowhere in a network");
        }
        return address;
    }

    /** The words as options and their values: {@code --option value} or {@code --option=value}. */
    private static final class Values {
        private static final List<String> WITH_VALUE = List.of(
                "--home",
                "--name",
                "--port",
                "--bind",
                "--profile",
                "--write-every",
                "--for",
                "--peer",
                "--bootstrap",
                "--announce",
                "--passphrase-file",
                "--ready-file",
                "--ble-adapter",
                "--ble-frame",
                "--ble-pairing",
                "--ble-display",
                "--ble-bonds",
                "--ble-window",
                "--log");
        private static final List<String> BARE =
                List.of("--simulate", "--no-discovery", "--no-upnp", "--ble", "--no-ble");

        private final Map<String, Deque<String>> values = new LinkedHashMap<>();
        private final Set<String> bare = new HashSet<>();

        Values(List<String> words) {
            Deque<String> rest = new ArrayDeque<>(words);
            while (!rest.isEmpty()) {
                take(rest.remove(), rest);
            }
        }

        private void take(String word, Deque<String> rest) {
            int equals = word.indexOf('=');
            String option = equals < 0 ? word : word.substring(0, equals);
            if (BARE.contains(word)) {
                bare.add(word);
                return;
            }
            if (!WITH_VALUE.contains(option)) {
                throw new UsageException("unknown option " + option);
            }
            if (equals < 0 && rest.isEmpty()) {
                throw new UsageException(option + " needs a value");
            }
            String value = equals < 0 ? rest.remove() : word.substring(equals + 1);
            if (value.isEmpty()) {
                throw new UsageException(option + " needs a value");
            }
            values.computeIfAbsent(option, _ -> new ArrayDeque<>()).add(value);
        }

        Optional<String> one(String option) {
            Deque<String> given = values.getOrDefault(option, new ArrayDeque<>());
            if (given.size() > 1) {
                throw new UsageException(option + " is given more than once");
            }
            return Optional.ofNullable(given.peek());
        }

        boolean has(String option) {
            return bare.contains(option);
        }

        Iterable<String> all(String option) {
            return values.getOrDefault(option, new ArrayDeque<>());
        }
    }
}
