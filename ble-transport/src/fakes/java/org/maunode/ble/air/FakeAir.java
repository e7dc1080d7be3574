package org.maunode.ble.air;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.LinkListener;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.gatt.Sighting;
import org.maunode.ble.session.Limits;

/**
 * A radio in memory. Its adapters behave as BlueZ's were measured to (docs/spec/ble-gatt.md): a peripheral's frames reach
 * every central that is connected to it, writes of more than 510 bytes vanish, notifications of more than 512 are cut. What
 * goes wrong besides, tests say. Thread-safe; everything is heard on one thread, {@code air}, which {@link #close} ends.
 *
 * <p>Chance comes from the seed, in the order in which frames are sent: one sender sees the same faults each time.
 */
public final class FakeAir implements AutoCloseable {
    /** The largest write that BlueZ delivers, in bytes. */
    public static final int LONGEST_WRITE = 510;

    /** The largest notification that BlueZ delivers whole, in bytes. */
    public static final int LONGEST_NOTIFICATION = 512;

    private final Ether ether = new Ether();
    private final Random random;
    private final Map<BluetoothAddress, FakePeripheral> peripherals = new HashMap<>();
    private final Map<BluetoothAddress, FakeCentral> centrals = new HashMap<>();
    private final Set<BluetoothAddress> away = new HashSet<>();
    private final Set<BluetoothAddress> strangers = new HashSet<>();
    private final List<Contact> contacts = new ArrayList<>();
    private Faults faults = Faults.NONE;
    private int mtu = 517;
    private long untilCut = Long.MAX_VALUE;

    public FakeAir(long seed) {
        this.random = new Random(seed);
    }

    /** A new central on the adapter of this address. */
    public synchronized Central central(BluetoothAddress address) {
        FakeCentral made = new FakeCentral(this, address);
        centrals.put(address, made);
        return made;
    }

    /** A new peripheral on the adapter of this address. */
    public synchronized Peripheral peripheral(BluetoothAddress address) {
        FakePeripheral made = new FakePeripheral(this, address);
        peripherals.put(address, made);
        return made;
    }

    /** A device of this address that can be connected to, and is no Mau node. */
    public synchronized void stranger(BluetoothAddress address) {
        strangers.add(address);
        notifyAll();
    }

    /** The MTU of connections that are made from now on, in bytes. */
    public synchronized void mtu(int bytes) {
        if (bytes < 23 || bytes > 517) {
            throw new IllegalArgumentException("no MTU has " + bytes + " bytes");
        }
        mtu = bytes;
    }

    /** What happens to frames that are sent from now on. */
    public synchronized void faults(Faults now) {
        faults = now;
    }

    /** Cuts every connection at once; what is on its way is lost. */
    public synchronized void cut() {
        end(contact -> true, "the connection was cut");
    }

    /** Cuts what this address is connected to. */
    public synchronized void cut(BluetoothAddress address) {
        end(contact -> touches(contact, address), "the connection was cut");
    }

    /** Lets this many more frames through in both directions together, then cuts the connection that sent the last, once. */
    public synchronized void cutAfter(int frames) {
        untilCut = frames;
    }

    /** Takes the adapter of this address away, or the device out of range: nobody hears it, it hears nobody. */
    public synchronized void away(BluetoothAddress address) {
        away.add(address);
        end(contact -> touches(contact, address), address + " is gone");
        notifyAll();
    }

    /** Brings it back. */
    public synchronized void back(BluetoothAddress address) {
        away.remove(address);
        changed(address);
        visible().forEach(sighting -> Optional.ofNullable(centrals.get(address))
                .ifPresent(central -> central.sees(sighting)));
    }

    /** A third party writes this to the peripheral on every connection of this central, as another app of one phone can. */
    public synchronized void writes(BluetoothAddress central, byte[] frame) {
        contacts.stream()
                .filter(contact -> contact.central.address().equals(central))
                .forEach(contact -> ether.now(() -> contact.hear(Contact.From.CENTRAL, frame)));
    }

    /** A third party has the peripheral notify this to all its centrals. */
    public synchronized void notifies(BluetoothAddress peripheral, byte[] frame) {
        contacts.stream()
                .filter(contact -> contact.peripheral.address().equals(peripheral))
                .forEach(contact -> ether.now(() -> contact.hear(Contact.From.PERIPHERAL, frame)));
    }

    /** How many connections there are. */
    public synchronized int connections() {
        return contacts.size();
    }

    /** What an app reads that knows nothing of Mau. */
    public synchronized Optional<byte[]> read(BluetoothAddress peripheral, UUID characteristic) {
        return Optional.ofNullable(peripherals.get(peripheral)).flatMap(FakePeripheral::serving).stream()
                .flatMap(serving -> serving.offer().extras().stream())
                .filter(extra -> extra.characteristic().equals(characteristic))
                .map(extra -> extra.value().get())
                .findFirst();
    }

    /** Ends every connection without a word, and the thread. */
    @Override
    public void close() {
        synchronized (this) {
            contacts.clear();
        }
        ether.close();
    }

    Ether ether() {
        return ether;
    }

    Duration pace() {
        return faults.pace();
    }

    boolean isAway(BluetoothAddress address) {
        return away.contains(address);
    }

    boolean isVisible(BluetoothAddress address) {
        boolean there = strangers.contains(address)
                || Optional.ofNullable(peripherals.get(address))
                        .flatMap(FakePeripheral::serving)
                        .isPresent();
        return there && !isAway(address);
    }

    Stream<Sighting> visible() {
        return peripherals.values().stream()
                .filter(peripheral -> isVisible(peripheral.address()))
                .flatMap(peripheral -> peripheral.sighting().stream());
    }

    /** Something about this address is new: whoever waits looks again, whoever scans hears of it. */
    void changed(BluetoothAddress address) {
        notifyAll();
        visible().filter(sighting -> sighting.address().equals(address)).forEach(sighting -> centrals.values().stream()
                .filter(central -> !isAway(central.address()))
                .forEach(central -> central.sees(sighting)));
    }

    Contact meet(FakeCentral central, BluetoothAddress peer, LinkListener listener) {
        if (strangers.contains(peer)) {
            throw new GattException(GattException.Reason.NOT_A_NODE, peer + " is no Mau node");
        }
        FakePeripheral peripheral = peripherals.get(peer);
        if (contacts.stream().anyMatch(contact -> contact.central == central && contact.peripheral == peripheral)) {
            throw new GattException(GattException.Reason.NOT_CONNECTED, peer + " is connected already");
        }
        Contact made = new Contact(this, central, peripheral, mtu, listener);
        contacts.add(made);
        return made;
    }

    void end(Predicate<Contact> which, String why) {
        contacts.stream().filter(which).toList().forEach(contact -> contact.end(why));
    }

    void forget(Contact contact) {
        contacts.remove(contact);
    }

    private static boolean touches(Contact contact, BluetoothAddress address) {
        return contact.central.address().equals(address)
                || contact.peripheral.address().equals(address);
    }

    void carry(Contact contact, Contact.From from, byte[] frame, long at) {
        if (from == Contact.From.CENTRAL) {
            if (frame.length <= LONGEST_WRITE) {
                deliver(contact, from, frame, at);
            }
        } else {
            contacts.stream()
                    .filter(other -> other.peripheral == contact.peripheral)
                    .forEach(other -> deliver(other, from, shorten(frame, other.mtu), at));
        }
        if (--untilCut == 0) {
            untilCut = Long.MAX_VALUE;
            ether.at(at, () -> contact.end("the connection was cut"));
        }
    }

    private static byte[] shorten(byte[] frame, int mtu) {
        int room = Math.max(mtu - Limits.NOTIFICATION_HEADER, Limits.SMALLEST_FRAME);
        return Arrays.copyOf(frame, Math.min(frame.length, Math.min(LONGEST_NOTIFICATION, room)));
    }

    private void deliver(Contact contact, Contact.From from, byte[] frame, long at) {
        if (!happens(faults.lost())) {
            fly(contact, from, frame, at);
            if (happens(faults.twice())) {
                fly(contact, from, frame, at);
            }
        }
        if (happens(faults.garbage())) {
            byte[] garbage = new byte[1 + random.nextInt(contact.mtu - 3)];
            random.nextBytes(garbage);
            fly(contact, from, garbage, at);
        }
    }

    private void fly(Contact contact, Contact.From from, byte[] frame, long at) {
        long late = happens(faults.late()) ? random.nextLong(faults.lateness().toNanos() + 1) : 0;
        byte[] arriving = happens(faults.cut()) ? Arrays.copyOf(frame, random.nextInt(frame.length + 1)) : frame;
        ether.at(at + late, () -> contact.hear(from, arriving));
    }

    private boolean happens(int percent) {
        return random.nextInt(100) < percent;
    }
}
