package org.maunode.runtime;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

/**
 * What a node was told on its command line.
 *
 * @param home the account directory
 * @param name of a new account; an old one keeps its own
 * @param bind the address to listen on; empty for all
 * @param port to listen on; 0 for any
 * @param readers the group that readings are sealed for; empty for public ones
 * @param peers addresses of peers, as somebody wrote them down
 */
record NodeOptions(
        Path home,
        Optional<String> name,
        Optional<String> bind,
        int port,
        Optional<Path> passphraseFile,
        Optional<String> readers,
        Optional<Path> readyFile,
        NodeLog.Verbosity verbosity,
        Map<Fingerprint, InetSocketAddress> peers) {
    static final String USAGE =
            """
            usage: bin/run [OPTION]...

            Starts a Mau node: it publishes what this machine measures as signed files, and serves them over HTTPS.

              --home DIR              the node's directory; made if missing (default: mau-home)
              --name NAME             the name of a new node (default: this machine's name)
              --port PORT             listen on this port, 0 for any (default: 6275)
              --bind ADDRESS          listen on this address alone (default: all)
              --for GROUP             seal readings for this group of friends (default: readings are public)
              --peer FPR@HOST[:PORT]  where a followed peer is; may be given again
              --no-discovery          announce nothing and look for nobody on the network; this version never does
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
     */
    static NodeOptions parse(List<String> words) {
        Values values = new Values(words);
        Map<Fingerprint, InetSocketAddress> peers = new LinkedHashMap<>();
        values.all("--peer").forEach(text -> addPeer(peers, text));
        return new NodeOptions(
                Path.of(values.one("--home").orElse("mau-home"))
                        .toAbsolutePath()
                        .normalize(),
                values.one("--name"),
                values.one("--bind"),
                values.one("--port").map(NodeOptions::port).orElse(HostAndPort.DEFAULT_PORT),
                values.one("--passphrase-file").map(Path::of),
                values.one("--for"),
                values.one("--ready-file").map(Path::of).map(Path::toAbsolutePath),
                values.one("--log").map(NodeOptions::verbosity).orElse(NodeLog.Verbosity.INFO),
                peers);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, as for a number out of range.
        }
        throw new UsageException("--port " + text + ": not a number between 0 and " + MAX_PORT);
    }

    private static NodeLog.Verbosity verbosity(String text) {
        return NodeLog.Verbosity.of(text)
                .orElseThrow(() -> new UsageException("--log " + text + ": not error, warn, info, debug or trace"));
    }

    private static void addPeer(Map<Fingerprint, InetSocketAddress> peers, String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new UsageException("--peer " + text + ": not FINGERPRINT@HOST:PORT");
        }
        try {
            peers.put(Fingerprint.of(text.substring(0, at)), HostAndPort.parse(text.substring(at + 1)));
        } catch (IllegalArgumentException malformed) {
            throw new UsageException("--peer " + text + ": " + malformed.getMessage());
        }
    }

    /** The words as options and their values: {@code --option value} or {@code --option=value}. */
    private static final class Values {
        private static final List<String> WITH_VALUE = List.of(
                "--home",
                "--name",
                "--port",
                "--bind",
                "--for",
                "--peer",
                "--passphrase-file",
                "--ready-file",
                "--log");
        private static final List<String> BARE = List.of("--no-discovery");

        private final Map<String, Deque<String>> values = new LinkedHashMap<>();

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

        Iterable<String> all(String option) {
            return values.getOrDefault(option, new ArrayDeque<>());
        }
    }
}
