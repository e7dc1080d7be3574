package org.maunode.runtime;

import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.clock.NodeClock;
import org.maunode.device.Publisher;
import org.maunode.device.Readers;
import org.maunode.device.command.Desk;
import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.Audience;
import org.maunode.device.profile.Channel;
import org.maunode.device.profile.ChannelName;
import org.maunode.device.profile.GroupName;
import org.maunode.device.profile.Profile;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.profile.Wiring;
import org.maunode.device.sampling.Observed;
import org.maunode.device.sampling.Quality;
import org.maunode.device.simulation.SimulatedBoard;
import org.maunode.device.wire.GpioLines;
import org.maunode.device.wire.I2cBus;
import org.maunode.device.wire.Wires;
import org.maunode.device.wire.pi4j.Pi4jGpio;
import org.maunode.device.wire.pi4j.Pi4jI2c;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;

/**
 * What a node measures and switches. Started in this order, stopped in the reverse, but for the desk, which
 * is first then, too:
 *
 * <pre>
 *   wires ──► desk (every actuator in its fail-safe state) ──► publisher
 * </pre>
 */
final class Devices implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.runtime");

    private final Account account;
    private final DeviceOptions options;
    private final NodeClock clock;
    private final Parts parts;
    private final Wires wires;
    private final Optional<Desk> desk;
    private final Publisher publisher;

    private Devices(
            Account account, ContentStore store, DeviceOptions options, Readers readers, NodeClock clock, Parts parts) {
        this.account = account;
        this.options = options;
        this.clock = clock;
        this.parts = parts;
        this.wires = wires();
        this.desk = Desk.open(account, store, profile(), wires, readers, clock);
        desk.ifPresent(parts::started);
        this.publisher = parts.started(new Publisher(
                account, store, profile(), wires, good(), readers, options.writing(), Version.current(), clock));
    }

    /** Opens everything, which puts actuators into their fail-safe states; measures and obeys nothing yet. */
    static Devices open(Account account, ContentStore store, DeviceOptions options, Readers readers, NodeClock clock) {
        Parts parts = new Parts();
        boolean opened = false;
        try {
            Devices devices = new Devices(account, store, options, readers, clock, parts);
            opened = true;
            return devices;
        } finally {
            if (!opened) {
                parts.close();
            }
        }
    }

    private Profile profile() {
        return options.profile();
    }

    private Quality good() {
        return switch (options.board()) {
            case SIMULATED -> Quality.SIMULATED;
            case REAL -> Quality.OK;
        };
    }

    /** The same weather each day for one node, and another one for the next. */
    private Wires wires() {
        Wires made =
                switch (options.board()) {
                    case SIMULATED ->
                        new SimulatedBoard(profile(), account.fingerprint().keyId(), clock).wires();
                    case REAL -> real();
                };
        parts.started(made.gpio());
        return made;
    }

    /** Pi4J is loaded only for a profile that needs it; the kernel's files do for the rest. */
    private Wires real() {
        Wires plain = Wires.ofThisMachine(account.root());
        try {
            return plain.with(
                    needs(Wiring.GpioLine.class) ? new Pi4jGpio() : GpioLines.none(),
                    needs(Wiring.I2cRegister.class) ? parts.started(new Pi4jI2c()) : I2cBus.none());
        } catch (LinkageError missing) {
            LOG.log(Level.SEVERE, "the profile needs Pi4J, which is not there: {0}", missing.toString());
            return plain;
        }
    }

    private boolean needs(Class<? extends Wiring> kind) {
        return profile().channels().stream()
                .anyMatch(channel -> kind.isInstance(channel.device().wiring()));
    }

    /** Begins to measure and to obey. */
    void start() {
        publisher.start();
        desk.ifPresent(Desk::start);
        actuators().stream()
                .filter(channel -> isEmpty(channel.controllers()))
                .forEach(channel -> LOG.log(
                        Level.WARNING,
                        "nobody is in the group {0}: nobody can command {1}; bin/mau groups add changes that",
                        new Object[] {channel.controllers(), channel.name()}));
        profile().channels().forEach(this::warnIfNobodyReads);
    }

    private void warnIfNobodyReads(Channel channel) {
        if (channel.readers() instanceof Audience.Members(GroupName group) && isEmpty(group)) {
            LOG.log(
                    Level.WARNING,
                    "nobody is in the group {0}: only this node can read {1}; bin/mau groups add changes that",
                    new Object[] {group, channel.name()});
        }
    }

    private boolean isEmpty(GroupName group) {
        return account.keyring().members(group.value()).isEmpty();
    }

    /** The sensors that this machine has. */
    List<SensorChannel> sensors() {
        return publisher.sensors();
    }

    /** What is known of a sensor now; empty before it was first read. */
    Optional<Observed> latest(ChannelName sensor) {
        return publisher.latest(sensor);
    }

    /** What can be commanded. */
    List<ActuatorChannel> actuators() {
        return profile().actuators();
    }

    /** Whether the thread that keeps actuators safe does what it is asked to; may block for some seconds. */
    boolean areSafe() {
        return desk.map(Desk::isAlive).orElse(true);
    }

    /** Every actuator into its fail-safe state first: what the publisher has to write may take a slow card seconds (CM-24). */
    @Override
    public void close() {
        desk.ifPresent(Desk::close);
        parts.close();
    }
}
