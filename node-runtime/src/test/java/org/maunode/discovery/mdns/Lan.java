package org.maunode.discovery.mdns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.maunode.discovery.mdns.Outgoing.Route;
import org.maunode.discovery.net.Link;
import org.maunode.discovery.net.Link.Trait;
import org.maunode.discovery.net.LinkAddress;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/**
 * A network of engines under one clock, in IPv4: what one sends the others hear at once, and itself too. Everything sent is
 * on record, with the time.
 */
final class Lan {
    static final int INDEX = 2;
    static final Segment SEGMENT = new Segment(INDEX, Family.IPV4);
    static final Fingerprint ALICE = Fingerprint.of("aa".repeat(Fingerprint.LENGTH));
    static final Fingerprint BOB = Fingerprint.of("bb".repeat(Fingerprint.LENGTH));

    private static final int PREFIX = 24;
    private static final int FIRST_OWN_PORT = 40_000;

    private final Random random;
    private final List<Host> hosts = new ArrayList<>();
    private final List<Sent> record = new ArrayList<>();
    private final Set<Host> cut = new HashSet<>();
    private long now;

    /** A packet on its way. */
    record Sent(long at, Host by, Route route, Message message) {
        long millis() {
            return at / 1_000_000;
        }

        boolean isToAll() {
            return route instanceof Route.ToAll;
        }
    }

    /** One machine. */
    final class Host {
        final InetAddress address;
        final Neighbourhood engine;
        final List<Contact> seen = new ArrayList<>();
        final List<Contact> heard = new ArrayList<>();

        private Host(InetAddress address, Presence presence) {
            this.address = address;
            this.engine = new Neighbourhood(presence, random, out -> send(this, out));
        }

        void join() {
            engine.join(SEGMENT, link(address), now);
        }

        void hear(byte[] packet, InetSocketAddress from) {
            Claims.Heard brought = engine.heard(INDEX, packet, from, now);
            seen.addAll(brought.news());
            heard.addAll(brought.contacts());
        }
    }

    Lan(long seed) {
        this.random = new Random(seed);
    }

    static Link link(InetAddress... addresses) {
        List<LinkAddress> own = Arrays.stream(addresses)
                .map(address -> new LinkAddress(address, PREFIX))
                .toList();
        return new Link("eth0", INDEX, Set.of(Trait.UP, Trait.MULTICAST), own);
    }

    /** A machine that is there, and has not begun. */
    Host host(String address, Presence presence) {
        Host host = new Host(InetAddress.ofLiteral(address), presence);
        hosts.add(host);
        return host;
    }

    Host joined(String address, Presence presence) {
        Host host = host(address, presence);
        host.join();
        return host;
    }

    /** What {@code host} sends is lost, and what is sent to it, from now on. */
    void cut(Host host) {
        cut.add(host);
    }

    void mend(Host host) {
        cut.remove(host);
    }

    long now() {
        return now;
    }

    private void send(Host by, Outgoing out) {
        record.add(new Sent(now, by, out.route(), Message.parse(out.packet())));
        int ownPort = FIRST_OWN_PORT + hosts.indexOf(by);
        switch (out.route()) {
            case Route.ToAll _ -> deliver(by, out.packet(), Family.PORT, _ -> true);
            case Route.FromOwnPort _ -> deliver(by, out.packet(), ownPort, _ -> true);
            case Route.ToOne(InetSocketAddress asker) ->
                deliver(by, out.packet(), Family.PORT, host -> host.address.equals(asker.getAddress()));
        }
    }

    private final PriorityQueue<Delivery> onTheirWay = new PriorityQueue<>();

    /** Not delivered while it is sent: an engine is not called while it works. */
    private record Delivery(long number, Host to, byte[] packet, InetSocketAddress from)
            implements Comparable<Delivery> {
        @Override
        public int compareTo(Delivery other) {
            return Long.compare(number, other.number);
        }
    }

    private long deliveries;

    private void deliver(Host by, byte[] packet, int port, Predicate<Host> receives) {
        InetSocketAddress from = new InetSocketAddress(by.address, port);
        hosts.stream()
                .filter(receives)
                .filter(host -> host == by || !cut.contains(host) && !cut.contains(by))
                .forEach(host -> onTheirWay.add(new Delivery(deliveries++, host, packet, from)));
    }

    /** Somebody who is no engine sends to all. */
    void inject(Message message, String address, int port) {
        InetSocketAddress from = new InetSocketAddress(InetAddress.ofLiteral(address), port);
        byte[] packet = message.bytes();
        hosts.forEach(host -> onTheirWay.add(new Delivery(deliveries++, host, packet, from)));
        flush();
    }

    private void flush() {
        for (Delivery next = onTheirWay.poll(); next != null; next = onTheirWay.poll()) {
            if (!next.to.engine.segments().isEmpty()) {
                next.to.hear(next.packet, next.from);
            }
        }
    }

    /** Lets time pass, from one thing that is due to the next. */
    void run(Duration span) {
        long end = now + span.toNanos();
        while (true) {
            hosts.forEach(host -> host.engine.tick(now));
            flush();
            long next = hosts.stream()
                    .flatMap(host -> host.engine.due().stream().boxed())
                    .min(Long::compare)
                    .orElse(Long.MAX_VALUE);
            if (next > end) {
                now = end;
                return;
            }
            now = Math.max(now, next);
        }
    }

    void runMillis(long millis) {
        run(Duration.ofMillis(millis));
    }

    /** What was sent so far, and is on record no longer. */
    List<Sent> take() {
        List<Sent> taken = List.copyOf(record);
        record.clear();
        return taken;
    }

    Stream<Sent> takeFrom(Host host) {
        return take().stream().filter(sent -> sent.by == host);
    }
}
