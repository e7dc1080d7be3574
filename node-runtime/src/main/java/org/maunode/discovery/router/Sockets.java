package org.maunode.discovery.router;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.discovery.router.RouterException.Reason;

/**
 * The network. One selector: whatever is waited for, a change of the network and the end are heard at once. All methods are
 * for one thread, but {@link #change} and {@link #stop}.
 */
final class Sockets implements Wires, AutoCloseable {
    /** For one request over TCP, from dialling to the last byte. */
    static final Duration CALL = Duration.ofSeconds(5);
    /** The most that all waiting takes together once {@link #farewell} was called. */
    static final Duration FAREWELL = Duration.ofMillis(800);
    /** No datagram of these protocols is longer. */
    static final int MAX_DATAGRAM = 2048;

    private static final Logger LOG = Logger.getLogger("org.maunode.discovery.router");
    private static final InetSocketAddress ANNOUNCEMENTS =
            new InetSocketAddress(Ipv4.of(new byte[] {(byte) 224, 0, 0, 1}), 5350);

    private final Duration call;
    private final Selector selector;
    private final long origin = System.nanoTime();
    private volatile boolean isChanged;
    private volatile boolean isStopped;
    private Instant latest = Instant.MAX;
    private Optional<DatagramChannel> announcements = Optional.empty();
    private InetSocketAddress announcer = ANNOUNCEMENTS;

    Sockets() throws IOException {
        this(CALL);
    }

    /** @param call for one request over TCP */
    Sockets(Duration call) throws IOException {
        this.call = call;
        selector = Selector.open();
    }

    /** From now on {@link #await} says once that the network changed. From any thread. */
    void change() {
        isChanged = true;
        selector.wakeup();
    }

    /** Whatever waits ends. From any thread. */
    void stop() {
        isStopped = true;
        selector.wakeup();
    }

    /** Allows some more requests after {@link #stop}, for {@link #FAREWELL} altogether. */
    void farewell() {
        latest = now().plus(FAREWELL);
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(System.nanoTime() - origin);
    }

    @Override
    public Optional<Gateway> gateway() {
        return RouteTable.defaultRoute().flatMap(Sockets::towards);
    }

    /** A connected socket knows from which address the kernel would send. */
    private static Optional<Gateway> towards(RouteTable.DefaultRoute route) {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.connect(new InetSocketAddress(route.router(), Asking.PORT));
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            return Optional.of(new Gateway(
                    route.link(), route.router(), Ipv4.of(local.getAddress().getAddress())));
        } catch (IOException down) {
            LOG.log(Level.FINE, "no way to {0}: {1}", new Object[] {route.router(), down.getMessage()});
            return Optional.empty();
        }
    }

    @Override
    public Datagrams open(Gateway gateway, InetSocketAddress to) {
        try {
            DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
            return configured(channel, gateway, to);
        } catch (IOException down) {
            throw unreachable(to, down);
        }
    }

    private Datagrams configured(DatagramChannel channel, Gateway gateway, InetSocketAddress to) throws IOException {
        try {
            channel.bind(new InetSocketAddress(gateway.local(), 0));
            if (to.getAddress().isMulticastAddress()) {
                channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, link(gateway));
                channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 2);
            } else {
                channel.connect(to);
            }
            channel.configureBlocking(false);
            return new Datagram(channel, to);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    private static NetworkInterface link(Gateway gateway) throws IOException {
        NetworkInterface link = NetworkInterface.getByName(gateway.link());
        if (link == null) {
            throw new IOException("no network interface " + gateway.link());
        }
        return link;
    }

    /** A socket for datagrams, waited for by the one selector. */
    private final class Datagram implements Datagrams {
        private final DatagramChannel channel;
        private final InetSocketAddress to;

        Datagram(DatagramChannel channel, InetSocketAddress to) {
            this.channel = channel;
            this.to = to;
        }

        @Override
        public void send(byte[] datagram) {
            try {
                channel.send(ByteBuffer.wrap(datagram), to);
            } catch (IOException down) {
                throw unreachable(to, down);
            }
        }

        @Override
        public Optional<Received> receive(Instant until) {
            try {
                Optional<Received> received = next(channel);
                while (received.isEmpty() && isReady(channel, SelectionKey.OP_READ, until)) {
                    received = next(channel);
                }
                return received;
            } catch (IOException down) {
                throw unreachable(to, down);
            }
        }

        @Override
        public void close() {
            closeQuietly(channel);
        }
    }

    private static Optional<Received> next(DatagramChannel channel) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(MAX_DATAGRAM + 1);
        InetSocketAddress from = (InetSocketAddress) channel.receive(in);
        return Optional.ofNullable(from).map(sender -> new Received(sender, Arrays.copyOf(in.array(), in.position())));
    }

    @Override
    public HttpReply call(InetSocketAddress to, byte[] request, int maxBody) {
        Instant until = now().plus(call);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET)) {
            channel.configureBlocking(false);
            dial(channel, to, until);
            write(channel, request, until);
            return HttpReply.read(new BufferedInputStream(new Incoming(channel, until)), maxBody);
        } catch (IOException broken) {
            throw unreachable(to, broken);
        }
    }

    private void dial(SocketChannel channel, InetSocketAddress to, Instant until) throws IOException {
        boolean isConnected = channel.connect(to);
        while (!isConnected) {
            awaitOrFail(channel, SelectionKey.OP_CONNECT, until);
            isConnected = channel.finishConnect();
        }
    }

    private void write(SocketChannel channel, byte[] request, Instant until) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(request);
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                awaitOrFail(channel, SelectionKey.OP_WRITE, until);
            }
        }
    }

    /** What comes over a connection, until its time is over. */
    private final class Incoming extends InputStream {
        private final SocketChannel channel;
        private final Instant until;

        Incoming(SocketChannel channel, Instant until) {
            this.channel = channel;
            this.until = until;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            ByteBuffer in = ByteBuffer.wrap(to, offset, length);
            int count = channel.read(in);
            while (count == 0 && length > 0) {
                awaitOrFail(channel, SelectionKey.OP_READ, until);
                count = channel.read(in);
            }
            return count;
        }
    }

    private void awaitOrFail(SelectableChannel channel, int operation, Instant until) throws IOException {
        if (!isReady(channel, operation, until)) {
            throw new RouterException(Reason.SILENT, "the router takes too long to answer");
        }
    }

    /**
     * Waits until {@code channel} may be ready, or until {@code until}; whether it may be ready. Channels that are not waited
     * for have no interest, or what comes for them would make the wait a busy one.
     */
    private boolean isReady(SelectableChannel channel, int operation, Instant until) throws IOException {
        SelectionKey key = channel.register(selector, operation);
        try {
            while (isWoken(until)) {
                if (selector.selectedKeys().contains(key)) {
                    return true;
                }
            }
            return false;
        } finally {
            key.interestOps(0);
        }
    }

    /** Sleeps until something happens; false when it is time. */
    private boolean isWoken(Instant until) throws IOException {
        requireRunning();
        long left = millis(until.isBefore(latest) ? until : latest);
        if (left <= 0) {
            return false;
        }
        selector.selectedKeys().clear();
        selector.select(left);
        requireRunning();
        return true;
    }

    private void requireRunning() {
        if (isStopped && latest.equals(Instant.MAX)) {
            throw new RouterException(Reason.STOPPED, "this node is closing");
        }
    }

    /** Until then, rounded up, so that nothing is waited for twice. */
    private long millis(Instant end) {
        return end.equals(Instant.MAX)
                ? Long.MAX_VALUE
                : Duration.between(now(), end).plusNanos(999_999).toMillis();
    }

    @Override
    public void listen(Optional<Gateway> gateway) {
        announcements.ifPresent(Sockets::closeQuietly);
        announcements = Optional.empty();
        gateway.ifPresent(router -> {
            try {
                announcements = Optional.of(listening(router));
                announcer = new InetSocketAddress(router.router(), Asking.PORT);
            } catch (IOException deaf) {
                LOG.log(Level.FINE, "announcements of the router are not heard: {0}", deaf.getMessage());
            }
        });
    }

    /** Others on this machine may listen too. */
    private static DatagramChannel listening(Gateway gateway) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(ANNOUNCEMENTS);
            channel.join(ANNOUNCEMENTS.getAddress(), link(gateway));
            channel.configureBlocking(false);
            return channel;
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    @Override
    public Event await(Instant until) {
        try {
            Optional<Received> heard = Optional.empty();
            hear(SelectionKey.OP_READ);
            while (heard.isEmpty() && !isChanged && isWoken(until)) {
                heard = announced();
            }
            hear(0);
            if (isChanged) {
                isChanged = false;
                return new Event.Changed();
            }
            return heard.<Event>map(received -> new Event.Announced(received.bytes()))
                    .orElseGet(Event.Due::new);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void hear(int operations) throws IOException {
        if (announcements.isPresent()) {
            announcements.get().register(selector, operations);
        }
    }

    private Optional<Received> announced() throws IOException {
        return announcements.isPresent()
                ? next(announcements.get()).filter(received -> received.from().equals(announcer))
                : Optional.empty();
    }

    private static RouterException unreachable(InetSocketAddress to, IOException why) {
        String said = why instanceof PortUnreachableException ? "nobody listens" : String.valueOf(why.getMessage());
        return new RouterException(Reason.UNREACHABLE, to.getAddress().getHostAddress() + ": " + said, why);
    }

    private static void closeQuietly(DatagramChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // A socket that cannot be closed is no use to anybody.
        }
    }

    @Override
    public void close() {
        announcements.ifPresent(Sockets::closeQuietly);
        try {
            selector.close();
        } catch (IOException ignored) {
            // As above.
        }
    }
}
