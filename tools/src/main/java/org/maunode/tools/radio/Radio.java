package org.maunode.tools.radio;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.GattException.Reason;
import org.maunode.ble.gatt.Sighting;
import org.maunode.ble.line.Callee;
import org.maunode.ble.line.Carrier;
import org.maunode.http.DialerOptions;
import org.maunode.http.PeerDialer;
import org.maunode.tools.account.Session;

/**
 * An adapter of this computer, and the way over it to nodes. Opened and used by one thread, which is interrupted when the
 * command is asked to end meanwhile.
 */
public final class Radio implements AutoCloseable {
    /** What two packets of the link layer carry: few packets, each of them full. */
    private static final int FRAME = 495;

    private final Session session;
    private final Central central;
    private final Carrier carrier = new Carrier(FRAME);
    private final Door door = new Door();
    private final Thread user = Thread.currentThread();
    private Optional<PeerDialer> dialer = Optional.empty();
    private boolean open = true;

    private Radio(Session session, Central central) {
        this.session = session;
        this.central = central;
    }

    /**
     * Opens an adapter.
     *
     * @param adapter its address, or {@code hci0}; empty for any
     */
    public static Radio open(Session session, Optional<String> adapter) {
        Radio radio = new Radio(session, session.shell().radios().open(adapter));
        session.shell().stop().onRequest(radio::breakOff);
        return radio;
    }

    private synchronized void breakOff() {
        if (open) {
            user.interrupt();
        }
    }

    /** Whether the command was asked to end. */
    boolean isBrokenOff() {
        return session.shell().stop().isRequested();
    }

    /** Hears nodes until what is returned is closed; {@code seen} must not block. */
    public Central.Scan scan(Consumer<Sighting> seen) {
        return central.scan(seen);
    }

    /**
     * Connects to a node.
     *
     * @param callee takes what the node calls us for
     * @param patience for finding it, and again for connecting
     * @throws GattException why not
     */
    public Nearby approach(Goal goal, Callee callee, Duration patience) {
        Carrier.Reached reached = carrier.reach(central, located(goal, patience), patience, callee);
        door.leadTo(reached.line());
        return new Nearby(reached, goal, dialer());
    }

    private PeerDialer dialer() {
        if (dialer.isEmpty()) {
            dialer = Optional.of(new PeerDialer(session.account().identity(), DialerOptions.DEFAULT, List::of, door));
        }
        return dialer.get();
    }

    private BluetoothAddress located(Goal goal, Duration patience) {
        return switch (goal) {
            case Goal.At at -> at.address();
            case Goal.Peer peer -> heard(peer, patience);
        };
    }

    private BluetoothAddress heard(Goal.Peer peer, Duration patience) {
        CompletableFuture<BluetoothAddress> found = new CompletableFuture<>();
        try (Central.Scan _ = central.scan(seen -> {
            if (seen.mayBe(peer.fingerprint().toString())) {
                found.complete(seen.address());
            }
        })) {
            return found.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silence) {
            throw new GattException(
                    Reason.NOT_FOUND, peer.name() + " was not heard within " + patience.toSeconds() + " s", silence);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new GattException(Reason.INTERRUPTED, "interrupted while looking for " + peer.name(), stop);
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Ends every connection and thread. */
    @Override
    public void close() {
        settle();
        dialer.ifPresent(PeerDialer::close);
        door.close();
        carrier.close();
        central.close();
    }

    /** What follows is not to be interrupted: the store puts its index in order at the end. */
    private synchronized void settle() {
        open = false;
        Thread.interrupted();
    }
}
