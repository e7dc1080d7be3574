package org.maunode.discovery.router;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.maunode.discovery.router.RouterException.Reason;
import org.maunode.discovery.router.Wires.Datagrams;
import org.maunode.discovery.router.Wires.Received;

/**
 * Questions to port 5351 of the router, repeated until it answers: the first of the waits of RFC 6886, 3.1. A router in the
 * same home that is silent for as long as these speaks neither protocol.
 */
final class Asking {
    static final int PORT = 5351;
    static final List<Duration> WAITS = List.of(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1));
    /** Datagrams that answer something else, or nothing, before a question is given up. */
    static final int MAX_STRAYS = 32;

    private final Wires wires;
    private final Gateway gateway;

    Asking(Wires wires, Gateway gateway) {
        this.wires = wires;
        this.gateway = gateway;
    }

    Instant now() {
        return wires.now();
    }

    Gateway gateway() {
        return gateway;
    }

    /**
     * Asks.
     *
     * @param reader makes of a datagram what was asked for, nothing if it answers another question; what it says of
     *     malformed ones does not end the wait, since anybody may have sent them
     * @throws RouterException with {@code SILENT} or {@code UNREACHABLE}, or from {@code reader}
     */
    <T> T ask(byte[] question, Function<byte[], Optional<T>> reader) {
        InetSocketAddress port = new InetSocketAddress(gateway.router(), PORT);
        try (Datagrams datagrams = wires.open(gateway, port)) {
            int strays = 0;
            for (Duration wait : WAITS) {
                datagrams.send(question);
                Instant until = wires.now().plus(wait);
                Optional<Received> received = datagrams.receive(until);
                while (received.isPresent()) {
                    Optional<T> answer = read(received.get(), port, reader);
                    if (answer.isPresent()) {
                        return answer.get();
                    }
                    requireFew(++strays);
                    received = datagrams.receive(until);
                }
            }
        }
        throw new RouterException(
                Reason.SILENT, "no answer from " + gateway.router().getHostAddress());
    }

    private static void requireFew(int strays) {
        if (strays > MAX_STRAYS) {
            throw new RouterException(Reason.OVER_LIMIT, "over " + MAX_STRAYS + " answers to other questions");
        }
    }

    private static <T> Optional<T> read(
            Received received, InetSocketAddress port, Function<byte[], Optional<T>> reader) {
        if (!received.from().equals(port)) {
            return Optional.empty();
        }
        try {
            return reader.apply(received.bytes());
        } catch (RouterException stray) {
            if (stray.reason() != Reason.MALFORMED) {
                throw stray;
            }
            return Optional.empty();
        }
    }
}
