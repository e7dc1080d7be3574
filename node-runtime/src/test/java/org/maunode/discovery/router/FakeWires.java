package org.maunode.discovery.router;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.maunode.discovery.router.RouterException.Reason;

/** A home with a clock of its own: waiting takes no time, and what is written down for a moment happens then. */
final class FakeWires implements Wires {
    static final Instant START = Instant.EPOCH.plusSeconds(1000);
    static final Gateway GATEWAY = new Gateway("eth0", FakeRouter.ADDRESS, FakeRouter.CLIENT);
    static final InetSocketAddress PORT_5351 = new InetSocketAddress(FakeRouter.ADDRESS, Asking.PORT);

    private Instant now = START;

    final FakeRouter router = new FakeRouter(this::now);
    /** Datagrams of others that come before each of the router's. */
    final Deque<Received> strays = new ArrayDeque<>();

    Optional<Gateway> gateway = Optional.of(GATEWAY);
    boolean isListening;
    /** Questions in datagrams that are lost before one comes through. */
    int losses;

    private final TreeMap<Instant, Deque<Supplier<Optional<Event>>>> script = new TreeMap<>();
    private boolean isStopped;

    /** At this time after the start. */
    void at(Duration time, Runnable happening) {
        write(time, () -> {
            happening.run();
            return Optional.empty();
        });
    }

    void changeAt(Duration time) {
        write(time, () -> Optional.of(new Event.Changed()));
    }

    void announceAt(Duration time, Supplier<byte[]> announcement) {
        write(time, () -> isListening ? Optional.of(new Event.Announced(announcement.get())) : Optional.empty());
    }

    void stopAt(Duration time) {
        at(time, () -> isStopped = true);
    }

    /** The end was told; more may be asked. */
    void farewell() {
        isStopped = false;
    }

    Duration elapsed() {
        return Duration.between(START, now);
    }

    private void write(Duration time, Supplier<Optional<Event>> happening) {
        script.computeIfAbsent(START.plus(time), _ -> new ArrayDeque<>()).add(happening);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Optional<Gateway> gateway() {
        return gateway;
    }

    @Override
    public void listen(Optional<Gateway> router) {
        isListening = router.isPresent();
    }

    @Override
    public Event await(Instant until) {
        requireRunning();
        while (!script.isEmpty() && !script.firstKey().isAfter(until)) {
            Optional<Event> event = happen();
            if (event.isPresent()) {
                return event.get();
            }
        }
        pass(until);
        return new Event.Due();
    }

    /** Does the next thing that is written down. */
    private Optional<Event> happen() {
        var next = script.firstEntry();
        pass(next.getKey());
        Optional<Event> event = next.getValue().remove().get();
        if (next.getValue().isEmpty()) {
            script.remove(next.getKey());
        }
        requireRunning();
        return event;
    }

    private void pass(Instant until) {
        now = until.isAfter(now) ? until : now;
    }

    private void requireRunning() {
        if (isStopped) {
            throw new RouterException(Reason.STOPPED, "this node is closing");
        }
    }

    @Override
    public Datagrams open(Gateway from, InetSocketAddress to) {
        return new Datagrams() {
            private final Deque<Received> waiting = new ArrayDeque<>();

            @Override
            public void send(byte[] datagram) {
                if (losses > 0) {
                    losses--;
                    return;
                }
                waiting.addAll(strays);
                answer(to, datagram).ifPresent(waiting::add);
            }

            @Override
            public Optional<Received> receive(Instant until) {
                requireRunning();
                if (waiting.isEmpty() && to.getPort() == Asking.PORT && !router.listensAt5351() && !router.isSilent) {
                    throw new RouterException(Reason.UNREACHABLE, "nobody listens");
                }
                if (waiting.isEmpty()) {
                    pass(until);
                }
                return Optional.ofNullable(waiting.poll());
            }

            @Override
            public void close() {
                waiting.clear();
            }
        };
    }

    private Optional<Received> answer(InetSocketAddress to, byte[] datagram) {
        return to.equals(Ssdp.GROUP)
                ? router.search(datagram)
                        .map(bytes -> new Received(new InetSocketAddress(FakeRouter.ADDRESS, 1900), bytes))
                : router.port5351(datagram).map(bytes -> new Received(PORT_5351, bytes));
    }

    @Override
    public HttpReply call(InetSocketAddress to, byte[] request, int maxBody) {
        requireRunning();
        if (!to.equals(new InetSocketAddress(FakeRouter.ADDRESS, 5000))) {
            throw new AssertionError("asked of " + to);
        }
        if (router.isSilent) {
            throw new RouterException(Reason.SILENT, "the router takes too long to answer");
        }
        try {
            return HttpReply.read(new ByteArrayInputStream(router.http(request)), maxBody);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
