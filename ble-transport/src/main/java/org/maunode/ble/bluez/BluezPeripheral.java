package org.maunode.ble.bluez;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;
import org.maunode.ble.dbus.Bus;
import org.maunode.ble.dbus.BusAddress;
import org.maunode.ble.dbus.BusKeeper;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Peripheral;

/**
 * The node as GATT server through BlueZ. Goes on when the adapter, BlueZ or the bus is gone, says so once in the log, and comes back
 * by itself. Two threads: the bus's, and its keeper's, which sleeps.
 */
public final class BluezPeripheral implements Peripheral {
    private static final Logger LOG = Logger.getLogger("org.maunode.ble.bluez");
    private static final Duration GOODBYE = Duration.ofMillis(800);

    /**
     * How it is to be done.
     *
     * @param adapter which one; without, the first that is on
     * @param pairing without, no agent of ours is registered, and BlueZ's setting holds
     */
    public record Options(BusAddress bus, Optional<BluetoothAddress> adapter, Optional<Pairing> pairing) {
        public Options {
            Objects.requireNonNull(bus);
            Objects.requireNonNull(adapter);
            Objects.requireNonNull(pairing);
        }

        /** Any adapter, on the machine's own bus, without pairing. */
        public static Options usual(Map<String, String> environment) {
            return new Options(BusAddress.system(environment), Optional.empty(), Optional.empty());
        }
    }

    private final Options options;
    private final Optional<PairingDesk> pairing;
    private final Presence presence = new Presence(LOG);
    private Optional<BusKeeper> keeper = Optional.empty();
    private volatile boolean closing;
    private volatile Optional<Offering> offering = Optional.empty();

    /**
     * @param clock for the pairing window
     */
    public BluezPeripheral(Options options, InstantSource clock) {
        this.options = options;
        this.pairing = options.pairing().map(wanted -> new PairingDesk(wanted, clock));
    }

    @Override
    public synchronized void offer(Offer offer, Acceptor acceptor) {
        if (keeper.isPresent()) {
            throw new IllegalStateException("it is serving already, or was closed");
        }
        Offering.Plan plan = new Offering.Plan(options.adapter(), offer, acceptor, pairing, presence);
        BusKeeper started = new BusKeeper(options.bus(), new OnBus(plan));
        keeper = Optional.of(started);
        started.start();
    }

    /** What the keeper tells. */
    private final class OnBus implements BusKeeper.Listener {
        private final Offering.Plan plan;

        OnBus(Offering.Plan plan) {
            this.plan = plan;
        }

        @Override
        public void up(Bus bus) {
            Offering now = new Offering(bus, plan);
            offering = Optional.of(now);
            bus.execute(now::begin);
        }

        @Override
        public void down(String why) {
            offering.ifPresent(Offering::lost);
            offering = Optional.empty();
            if (!closing) {
                presence.away(why);
            }
        }
    }

    /**
     * Lets phones pair for a while; nothing pairs at other times.
     *
     * @throws IllegalStateException if the options say nothing of pairing
     */
    public void openPairing(Duration howLong) {
        pairing.orElseThrow(() -> new IllegalStateException("made without pairing"))
                .open(howLong);
    }

    @Override
    public synchronized void close() {
        closing = true;
        offering.ifPresent(BluezPeripheral::sayGoodbye);
        keeper.ifPresent(BusKeeper::close);
    }

    /** Connections are ended while there is still somebody to ask for it. */
    private static void sayGoodbye(Offering offering) {
        try {
            offering.disconnect().get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException refused) {
            LOG.fine(() -> "ble.goodbye " + refused.getMessage());
        }
    }
}
