package org.maunode.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.DefaultConnectingIOReactor;
import org.apache.hc.core5.util.TimeValue;
import org.maunode.exchange.Dialer;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.openpgp.SecretIdentity;

/**
 * Calls peers over TLS 1.3, HTTP/2 or HTTP/1.1, and always says who we are. All connections share one thread, which
 * starts with the first call and ends with {@link #close}. Thread-safe.
 */
public final class PeerDialer implements Dialer, AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.http");
    private static final TimeValue PATIENCE = TimeValue.ofSeconds(1);

    /** How often the thread wakes up for nothing; all deadlines are kept elsewhere. */
    private static final TimeValue GLANCE = TimeValue.ofSeconds(30);

    private final TlsIdentity identity;
    private final DialerOptions options;
    private final Supplier<List<String>> names;
    private final Exits exits;
    private final Set<Dialing> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;
    private Line line;

    /** The threads and keys of all calls, and what the certificate says besides who we are. */
    private record Line(List<String> names, SSLContext tls, DefaultConnectingIOReactor reactor, Alarms alarms) {}

    /** Says who we are, and not where. */
    public PeerDialer(SecretIdentity identity, DialerOptions options) {
        this(identity, options, List::of);
    }

    /**
     * Says where we are, too. The Go peer takes the first name of a caller's certificate for its address.
     *
     * @param names where we can be reached, the best first, as {@link HostAndPort#format} writes it; asked at each call,
     *     on the caller's thread; calls under way keep the certificate that they began with
     */
    public PeerDialer(SecretIdentity identity, DialerOptions options, Supplier<List<String>> names) {
        this(identity, options, names, Exits.NONE);
    }

    /**
     * Reaches also those who are not in a network.
     *
     * @param exits asked before each connection is made, on the caller's thread; calls over another wire are given more time
     */
    public PeerDialer(SecretIdentity identity, DialerOptions options, Supplier<List<String>> names, Exits exits) {
        this(TlsIdentity.of(identity), options, names, exits);
    }

    PeerDialer(TlsIdentity identity, DialerOptions options) {
        this(identity, options, List::of);
    }

    PeerDialer(TlsIdentity identity, DialerOptions options, Supplier<List<String>> names) {
        this(identity, options, names, Exits.NONE);
    }

    PeerDialer(TlsIdentity identity, DialerOptions options, Supplier<List<String>> names, Exits exits) {
        this.exits = Objects.requireNonNull(exits);
        this.identity = Objects.requireNonNull(identity);
        this.options = Objects.requireNonNull(options);
        this.names = Objects.requireNonNull(names);
    }

    /**
     * Connects, and proves that the other end is {@code expected}: all addresses of a name are tried in turn.
     *
     * @throws ExchangeException with {@code UNREACHABLE}, {@code TIMED_OUT} or {@code WRONG_IDENTITY}
     */
    @Override
    public RemotePeer dial(Fingerprint expected, InetSocketAddress address) {
        return dial(expected, address, options);
    }

    /** The same dialer, threads and all, for calls that need other limits. */
    public Dialer with(DialerOptions others) {
        return (expected, address) -> dial(expected, address, others);
    }

    private RemotePeer dial(Fingerprint expected, InetSocketAddress address, DialerOptions limits) {
        // Made first, for that takes a small board a while, and a way is not open forever.
        Line current = line(List.copyOf(names.get()));
        return exits.leadingTo(address)
                .map(entrance -> dialOne(expected, Route.by(entrance, address), current, limits.patient()))
                .orElseGet(() -> dialHost(expected, address, current, limits));
    }

    private RemotePeer dialHost(Fingerprint expected, InetSocketAddress address, Line current, DialerOptions limits) {
        ExchangeException last = new ExchangeException(Reason.UNREACHABLE, "no address of " + address);
        for (InetSocketAddress candidate : resolved(address)) {
            try {
                return dialOne(expected, Route.direct(candidate, address.getHostString()), current, limits);
            } catch (ExchangeException failed) {
                last = last.reason() == Reason.WRONG_IDENTITY ? last : failed;
            }
        }
        throw last;
    }

    private static List<InetSocketAddress> resolved(InetSocketAddress address) {
        if (!address.isUnresolved()) {
            return List.of(address);
        }
        try {
            List<InetSocketAddress> all = new ArrayList<>();
            for (InetAddress one : InetAddress.getAllByName(address.getHostString())) {
                all.add(new InetSocketAddress(one, address.getPort()));
            }
            return all;
        } catch (UnknownHostException unknown) {
            throw new ExchangeException(Reason.UNREACHABLE, "unknown host " + address.getHostString(), unknown);
        }
    }

    private RemotePeer dialOne(Fingerprint expected, Route route, Line current, DialerOptions limits) {
        Dialing dialing = new Dialing(expected, route, current.tls(), limits);
        open.add(dialing);
        try {
            dialing.start(current.reactor());
            return new HttpPeer(dialing.connection().onClose(() -> open.remove(dialing)), limits, current.alarms());
        } catch (ExchangeException failed) {
            open.remove(dialing);
            throw failed;
        }
    }

    private synchronized Line line(List<String> named) {
        if (line == null) {
            closing = false;
            line = new Line(named, Tls.context(identity, named), reactor(), new Alarms());
            line.reactor().start();
        } else if (!line.names().equals(named)) {
            line = new Line(named, Tls.context(identity, named), line.reactor(), line.alarms());
        }
        return line;
    }

    private DefaultConnectingIOReactor reactor() {
        return new DefaultConnectingIOReactor(
                (session, dialing) -> ((Dialing) dialing).speak(session),
                Reactors.patient().setIoThreadCount(1).setSelectInterval(GLANCE).build(),
                Threads.named("mau-http-dial"),
                null,
                this::stumbled,
                null,
                null);
    }

    /** The library's thread may stumble over its own end. */
    private void stumbled(Exception broken) {
        LOG.log(closing ? Level.FINE : Level.WARNING, "the dialer's I/O thread stumbled: {0}", broken.toString());
    }

    /** Closes every connection, and ends the thread. */
    @Override
    public synchronized void close() {
        closing = true;
        open.forEach(Dialing::close);
        if (line == null) {
            return;
        }
        line.reactor().initiateShutdown();
        try {
            line.reactor().awaitShutdown(PATIENCE);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        line.reactor().close(CloseMode.IMMEDIATE);
        line.alarms().close();
        line = null;
    }
}
