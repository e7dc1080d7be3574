package org.maunode.ble.bluez;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.maunode.ble.dbus.Bus;
import org.maunode.ble.dbus.MethodCall;
import org.maunode.ble.dbus.Signal;

/**
 * Tells when BlueZ has really read what was sent: signals have no answer, so a ping follows them, one at a time for as many as went
 * before it. Everything on the bus's thread.
 */
final class Pacer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Bus bus;
    private List<Runnable> sent = new ArrayList<>();
    private boolean pinging;

    Pacer(Bus bus) {
        this.bus = bus;
    }

    void send(Signal signal, Runnable taken) {
        sent.add(taken);
        bus.tell(Names.BLUEZ, signal, () -> {});
        if (!pinging) {
            ping();
        }
    }

    private void ping() {
        List<Runnable> before = sent;
        sent = new ArrayList<>();
        pinging = true;
        bus.call(MethodCall.of(Names.BLUEZ, "/", "org.freedesktop.DBus.Peer", "Ping")
                        .within(PATIENCE))
                .whenComplete((answer, failure) -> answered(before));
    }

    private void answered(List<Runnable> taken) {
        pinging = false;
        taken.forEach(Runnable::run);
        if (!sent.isEmpty() && !pinging) {
            ping();
        }
    }
}
