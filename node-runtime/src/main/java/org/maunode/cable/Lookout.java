package org.maunode.cable;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Sighting;
import org.maunode.identity.Fingerprint;

/**
 * Listens for advertisements while somebody is sought, and not a moment longer. What was heard is remembered a little
 * longer. Thread-safe.
 */
final class Lookout {
    /** Advertisers that are remembered; the one not heard for longest is forgotten. */
    static final int MOST = 64;

    /** How long what was heard still counts when nobody listens any more: people walk away. */
    static final Duration FRESH = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger("org.maunode.cable");

    private final Radio radio;
    private final Map<BluetoothAddress, String> hints = new LinkedHashMap<>(16, 0.75f, true);
    private final Object scanning = new Object();
    private Optional<Central.Scan> scan = Optional.empty();
    private int seekers;
    private long silentSince = System.nanoTime();

    Lookout(Radio radio) {
        this.radio = radio;
    }

    /**
     * Tells {@code found} of every place where {@code who} might be, as its advertisement says, for {@code patience}. Returns
     * early when interrupted, and where there is no radio.
     */
    void seek(Fingerprint who, Duration patience, Consumer<BluetoothAddress> found) {
        try {
            begin();
            tell(NodeInfo.hintOf(who.toString()), patience, found);
        } catch (GattException deaf) {
            LOG.log(Level.FINE, "nobody is looked for by radio: {0}", deaf.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void begin() {
        synchronized (scanning) {
            seekers++;
            if (scan.isEmpty()) {
                forgetIfOld();
                scan = Optional.of(radio.central().scan(this::saw));
            }
        }
    }

    private synchronized void forgetIfOld() {
        if (System.nanoTime() - silentSince > FRESH.toNanos()) {
            hints.clear();
        }
    }

    private void end() {
        synchronized (scanning) {
            seekers--;
            if (seekers == 0) {
                scan.ifPresent(Central.Scan::close);
                scan = Optional.empty();
                fellSilent();
            }
        }
    }

    private synchronized void fellSilent() {
        silentSince = System.nanoTime();
    }

    private void tell(String hint, Duration patience, Consumer<BluetoothAddress> found) throws InterruptedException {
        Set<BluetoothAddress> told = new HashSet<>();
        long end = System.nanoTime() + patience.toNanos();
        for (List<BluetoothAddress> next = await(hint, told, end); !next.isEmpty(); next = await(hint, told, end)) {
            told.addAll(next);
            next.forEach(found);
        }
    }

    private synchronized List<BluetoothAddress> await(String hint, Set<BluetoothAddress> told, long end)
            throws InterruptedException {
        List<BluetoothAddress> next = fitting(hint, told);
        for (long left; next.isEmpty() && (left = end - System.nanoTime()) > 0; next = fitting(hint, told)) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return next;
    }

    private List<BluetoothAddress> fitting(String hint, Set<BluetoothAddress> told) {
        return hints.entrySet().stream()
                .filter(one -> one.getValue().equals(hint))
                .map(Map.Entry::getKey)
                .filter(address -> !told.contains(address))
                .toList();
    }

    private synchronized void saw(Sighting sighting) {
        sighting.hint().ifPresent(hint -> hints.put(sighting.address(), hint));
        if (hints.size() > MOST) {
            hints.remove(hints.keySet().iterator().next());
        }
        notifyAll();
    }

    /** Whether it listens. */
    boolean isListening() {
        synchronized (scanning) {
            return scan.isPresent();
        }
    }
}
