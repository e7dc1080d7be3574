package org.maunode.discovery.router;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A node that does nothing but have its port mapped; run by {@link MiniupnpdTest} in a network of its own. Prints a line for
 * each state, greets whoever connects, hears of a change of
 * the network with each line on stdin, and ends with that or at SIGTERM. Words: port, lease in seconds, protocols.
 */
final class MapPort {
    static final String GREETING = "greetings from inside";

    private MapPort() {}

    public static void main(String[] words) throws IOException {
        int port = Integer.parseInt(words[0]);
        Duration lease = Duration.ofSeconds(Long.parseLong(words[1]));
        List<MappingProtocol> protocols =
                Arrays.stream(words).skip(2).map(MappingProtocol::valueOf).toList();
        MappingNonce nonce = MappingNonce.of("a board in a test".getBytes(StandardCharsets.UTF_8));
        long start = System.nanoTime();
        try (ServerSocket server = new ServerSocket()) {
            server.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            server.bind(new InetSocketAddress(port));
            RouterMapping mapping = new RouterMapping(
                    new MappingPlan(port, nonce, lease, protocols),
                    state -> print((System.nanoTime() - start) / 1_000_000, state),
                    new Random(1));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                mapping.close();
                say("closed");
            }));
            Thread.ofPlatform().daemon().start(() -> greet(server));
            obey(mapping);
        }
    }

    private static void obey(RouterMapping mapping) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            mapping.networkChanged();
        }
        System.exit(0);
    }

    private static void print(long millis, RouterState state) {
        say(switch (state) {
                    case RouterState.Searching() -> "searching";
                    case RouterState.Mapped(var external, var by, var lease) ->
                        "mapped " + external + " by " + by + " for " + lease.toSeconds() + " s";
                    case RouterState.DoubleNat(var external, var by, var _) -> "double nat " + external + " by " + by;
                    case RouterState.Refused(var reason) -> "refused " + reason;
                    case RouterState.None() -> "none";
                } + " after " + millis + " ms, " + memory());
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static String memory() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS") || line.startsWith("Threads"))
                    .map(line -> line.replaceAll("\\s+", " "))
                    .toList()
                    .toString();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void greet(ServerSocket server) {
        try {
            for (; ; ) {
                try (Socket caller = server.accept()) {
                    caller.getOutputStream().write((GREETING + "\n").getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException closed) {
            say("greets no more");
        }
    }
}
