package org.maunode.discovery.mdns;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The two sockets of one segment: one on the port of multicast DNS, which all programs of this machine share, and one on a
 * port of its own. Each hears the group on its own link alone.
 */
final class Station implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.discovery.mdns");

    /** What is sent to the group may not be forwarded; a receiver may check that it was not (RFC 6762, 11). */
    private static final int HOPS = 255;

    /** So many in a row are no cable that is being pulled, but something that should be known. */
    private static final int FAILURES_TOLD = 5;

    private final Segment segment;
    private final DatagramChannel shared;
    private final DatagramChannel own;
    private int failures;

    private Station(Segment segment, DatagramChannel shared, DatagramChannel own) {
        this.segment = segment;
        this.shared = shared;
        this.own = own;
    }

    /** Opens both, and has {@code selector} tell when something comes in; the attachment is the station. */
    static Station open(Segment segment, Selector selector) throws IOException {
        NetworkInterface link = NetworkInterface.getByIndex(segment.link());
        if (link == null) {
            throw new IOException("the network interface is gone");
        }
        Station station = opened(segment, link);
        try {
            station.shared.join(segment.family().group(), link);
            station.shared.register(selector, SelectionKey.OP_READ, station);
            station.own.register(selector, SelectionKey.OP_READ, station);
            return station;
        } catch (IOException failed) {
            station.close();
            throw failed;
        }
    }

    private static Station opened(Segment segment, NetworkInterface link) throws IOException {
        DatagramChannel shared = channel(segment, link, Family.PORT);
        try {
            return new Station(segment, shared, channel(segment, link, 0));
        } catch (IOException | RuntimeException failed) {
            shared.close();
            throw failed;
        }
    }

    private static DatagramChannel channel(Segment segment, NetworkInterface link, int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open(segment.family().protocol());
        try {
            channel.configureBlocking(false);
            if (port != 0) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, link);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, HOPS);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            channel.bind(new InetSocketAddress(segment.family().any(), port));
            return channel;
        } catch (IOException | UnsupportedOperationException failed) {
            channel.close();
            throw failed;
        }
    }

    Segment segment() {
        return segment;
    }

    void send(Outgoing outgoing) {
        try {
            ByteBuffer packet = ByteBuffer.wrap(outgoing.packet());
            switch (outgoing.route()) {
                case Outgoing.Route.ToAll _ ->
                    shared.send(packet, segment.family().everybody());
                case Outgoing.Route.FromOwnPort _ ->
                    own.send(packet, segment.family().everybody());
                case Outgoing.Route.ToOne(InetSocketAddress asker) -> shared.send(packet, asker);
            }
            failures = 0;
        } catch (IOException unsent) {
            failures++;
            LOG.log(
                    failures == FAILURES_TOLD ? Level.INFO : Level.FINE,
                    "nothing can be sent on {0}: {1}",
                    new Object[] {segment, unsent.getMessage()});
        }
    }

    /**
     * Whether what came from there is for this station. The kernel gives a socket of one link what came on others, if
     * another socket listens there, and one of IPv6 what came by IPv4: the other station has it too.
     */
    boolean isFor(InetAddress source) {
        boolean otherLink = source instanceof Inet6Address address
                && address.getScopeId() > 0
                && address.getScopeId() != segment.link();
        return Family.of(source) == segment.family() && !otherLink;
    }

    @Override
    public void close() {
        for (DatagramChannel channel : List.of(shared, own)) {
            try {
                channel.close();
            } catch (IOException useless) {
                LOG.log(Level.FINE, "close: {0}", useless.getMessage());
            }
        }
    }
}
