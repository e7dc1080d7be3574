package org.maunode.cable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.line.Carrier;
import org.maunode.ble.line.Line;
import org.maunode.discovery.Resolver;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.http.Exits;
import org.maunode.http.Plug;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

/**
 * Peers in radio range: found as a resolver finds them, called as a dialer's exit, served through a server's plugs. A line
 * that one side has made carries the calls of both.
 *
 * <pre>
 *   finder ──resolve──► who is on a line already, else whose advertisement fits      (Lookout)
 *   dialer ──leadingTo─► that line, else a new one whose node says it is who we want (Reaching) ──► a loopback entrance
 *   line ───take───────► the server's plug; who is proved there can be called back
 * </pre>
 *
 * Thread-safe. Threads: {@code mau-cable-N} while a line is made or a call begins, {@code mau-cable-timer} while there
 * are lines, and those of the carrier and the radios.
 */
public final class Cables implements Resolver, Exits, AutoCloseable {
    /** As candidates say how they were found. */
    public static final String NAME = "ble";

    /** How long somebody is looked for: a node in range is heard within this, most of the time. */
    static final Duration SEEK = Duration.ofSeconds(15);

    private static final Logger LOG = Logger.getLogger("org.maunode.cable");

    /** The first byte of TLS: a handshake record (RFC 8446, 5.1). */
    private static final byte TLS = 22;

    private final Fingerprint self;
    private final Carrier carrier;
    private final Idle idle;
    private final Workers workers = new Workers();
    private final OpenLines lines = new OpenLines();
    private final Lookout lookout;
    private final Reaching reaching;
    private volatile Optional<Switchboard> switchboard = Optional.empty();
    private volatile Consumer<Fingerprint> near = _ -> {};

    /** Takes callers who come over a line, as {@link org.maunode.http.PeerServer#plug} does. */
    @FunctionalInterface
    public interface Switchboard {
        SocketChannel plug(Plug plug) throws IOException;
    }

    /**
     * How long a line is kept on which nobody calls.
     *
     * @param made one that this side made
     * @param came one that the other side made; longer, for it is theirs to close
     */
    public record Idle(Duration made, Duration came) {
        public static final Idle DEFAULT = new Idle(Duration.ofSeconds(30), Duration.ofSeconds(120));
    }

    /** As the other, with {@link Idle#DEFAULT}. */
    public Cables(Fingerprint self, Carrier carrier, Supplier<Central> radio) {
        this(self, carrier, radio, Idle.DEFAULT);
    }

    /**
     * @param carrier belongs to this from now on
     * @param radio makes the adapter that looks for others, when somebody is sought first; it belongs to this; throws
     *     {@link GattException} where there is none
     */
    public Cables(Fingerprint self, Carrier carrier, Supplier<Central> radio, Idle idle) {
        this.idle = Objects.requireNonNull(idle);
        this.self = Objects.requireNonNull(self);
        this.carrier = Objects.requireNonNull(carrier);
        Radio shared = new Radio(radio);
        this.lookout = new Lookout(shared);
        this.reaching = new Reaching(carrier, shared, this::take, lines::to, this::keep, workers);
    }

    /** Who calls is served by {@code server} from now on; before, nobody is. */
    public void serve(Switchboard server) {
        switchboard = Optional.of(server);
    }

    /** Tells {@code listener} of peers who can be called now and could not before; on any thread, must not block. */
    public void onNear(Consumer<Fingerprint> listener) {
        near = Objects.requireNonNull(listener);
    }

    /** What a peripheral that is offered gives its centrals to. */
    public Peripheral.Acceptor acceptor() {
        return carrier.answering(this::take, line -> keep(line, Optional.empty()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isLastResort() {
        return true;
    }

    /** Who is on a line is not looked for. */
    @Override
    public void resolve(Fingerprint peer, Consumer<InetSocketAddress> found) {
        List<BluetoothAddress> here = lines.leadingTo(peer);
        here.forEach(address -> found.accept(BleAddress.of(address)));
        if (here.isEmpty()) {
            lookout.seek(peer, SEEK, address -> suggest(peer, address, found));
        }
    }

    private void suggest(Fingerprint peer, BluetoothAddress address, Consumer<InetSocketAddress> found) {
        if (reaching.isWorthwhile(address, peer)) {
            found.accept(BleAddress.of(address));
        }
    }

    @Override
    public Optional<InetSocketAddress> leadingTo(InetSocketAddress address) {
        return HostAndPort.isBle(address.getHostString())
                ? Optional.of(entrance(bluetooth(address)))
                : Optional.empty();
    }

    private static BluetoothAddress bluetooth(InetSocketAddress address) {
        return BleAddress.read(address)
                .orElseThrow(() -> new ExchangeException(
                        Reason.UNREACHABLE,
                        address.getHostString() + " is no Bluetooth address, as in 00-aa-01-00-00-23.ble"));
    }

    private InetSocketAddress entrance(BluetoothAddress to) {
        Line line = lines.to(to).orElseGet(() -> reaching.reach(to)).line();
        try {
            return Entrance.to(line, workers);
        } catch (IOException here) {
            throw new ExchangeException(
                    Reason.UNREACHABLE, "no way to " + to + " on this machine: " + here.getMessage(), here);
        }
    }

    /** A call of a peer; on the carrier's thread. */
    private SocketChannel take(Line line, byte first) throws IOException {
        Switchboard server = switchboard.orElseThrow(() -> new IOException("nobody is served here"));
        return server.plug(plug(line, first, who -> proved(line, who)));
    }

    /**
     * Who calls on a line, as a server is told.
     *
     * @param first the call's first byte, which tells whether TLS begins
     * @param proved as in {@link Plug}
     */
    public static Plug plug(Line line, byte first, Consumer<Fingerprint> proved) {
        return new Plug(line.peer().text(), BleAddress.origin(line.peer()), first == TLS, proved);
    }

    private Held keep(Line line, Optional<NodeInfo> info) {
        Held fresh = new Held(line, info, System.nanoTime());
        lines.add(fresh);
        workers.watch(this::sweep);
        return fresh;
    }

    private boolean sweep() {
        lines.sweep(System.nanoTime(), idle);
        return !lines.isEmpty();
    }

    /** Two who reached each other need one line: that of the one with the smaller fingerprint stays (CA-24). */
    private void proved(Line line, Fingerprint who) {
        if (lines.proved(line, who).filter(one -> !one.isReached()).isEmpty()) {
            return;
        }
        if (who.compareTo(self) < 0) {
            lines.reached(who).forEach(mine -> mine.line().close());
        }
        near.accept(who);
    }

    /** The lines that are open. */
    public List<Connected> connected() {
        return lines.all().stream().map(Connected::of).toList();
    }

    /** Closes every line, lets the radio go, and ends every thread, within two seconds. */
    @Override
    public void close() {
        workers.close();
        carrier.close();
        reaching.close();
        LOG.log(Level.FINE, "no lines any more");
    }
}
