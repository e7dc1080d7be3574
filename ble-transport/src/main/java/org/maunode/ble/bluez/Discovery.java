package org.maunode.ble.bluez;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maunode.ble.dbus.Bus;
import org.maunode.ble.dbus.DBusException;
import org.maunode.ble.dbus.MethodCall;
import org.maunode.ble.dbus.Value;
import org.maunode.ble.gatt.MauService;

/**
 * Has BlueZ scan while somebody wants it, and only then; again when BlueZ or the adapter comes back. One call after another,
 * everything on the bus's thread.
 */
final class Discovery {
    /** What is looked for. */
    enum Demand {
        NOTHING,
        NODES,
        /** A device of a known address, which need not say Mau. */
        ANYBODY
    }

    /** What BlueZ was asked for. */
    private record Running(String adapter, Demand demand) {}

    private final Bus bus;
    private final Runnable settled;
    private final Runnable retryLater;
    private Optional<Running> running = Optional.empty();
    private Optional<Running> wanted = Optional.empty();
    private boolean busy;

    /**
     * @param settled told whenever BlueZ has answered and is asked for nothing else
     * @param retryLater has {@link #want} called after a while
     */
    Discovery(Bus bus, Runnable settled, Runnable retryLater) {
        this.bus = bus;
        this.settled = settled;
        this.retryLater = retryLater;
    }

    /** This is wanted from now on, on this adapter, if there is one. */
    void want(Demand demand, Optional<String> adapter) {
        wanted = demand == Demand.NOTHING ? Optional.empty() : adapter.map(path -> new Running(path, demand));
        step();
    }

    /** BlueZ has stopped by itself. */
    void interrupted() {
        if (!busy && running.isPresent()) {
            running = Optional.empty();
            retryLater.run();
        }
    }

    /** Whether BlueZ has answered, and is asked for nothing else. */
    boolean isSettled() {
        return !busy;
    }

    private void step() {
        if (busy || running.equals(wanted)) {
            return;
        }
        if (running.isPresent() && !adapter(running).equals(adapter(wanted))) {
            stop(running.get());
        } else {
            wanted.ifPresent(this::filter);
        }
    }

    private static Optional<String> adapter(Optional<Running> running) {
        return running.map(Running::adapter);
    }

    private void stop(Running old) {
        call(old.adapter(), "StopDiscovery", () -> done(Optional.empty()), failure -> done(Optional.empty()));
    }

    private void filter(Running next) {
        Map<String, Value> le = Map.of("Transport", Value.of("le"));
        Map<String, Value> nodes =
                Map.of("Transport", Value.of("le"), "UUIDs", Value.strings(List.of(MauService.SERVICE.toString())));
        Value filter = Value.properties(next.demand() == Demand.NODES ? nodes : le);
        call(next.adapter(), "SetDiscoveryFilter", () -> start(next), this::failed, filter);
    }

    private void start(Running next) {
        if (running.isPresent()) {
            done(Optional.of(next));
        } else {
            call(next.adapter(), "StartDiscovery", () -> done(Optional.of(next)), failure -> {
                if (failure.errorName().equals("org.bluez.Error.InProgress")) {
                    done(Optional.of(next));
                } else {
                    failed(failure);
                }
            });
        }
    }

    private void failed(DBusException failure) {
        busy = false;
        running = Optional.empty();
        settled.run();
        retryLater.run();
    }

    private void done(Optional<Running> now) {
        busy = false;
        running = now;
        step();
        if (!busy) {
            settled.run();
        }
    }

    /** Hears of a failed call. */
    private interface Failed {
        void because(DBusException failure);
    }

    private void call(String adapter, String member, Runnable then, Failed otherwise, Value... arguments) {
        busy = true;
        bus.call(MethodCall.of(Names.BLUEZ, adapter, Names.ADAPTER, member, arguments))
                .whenComplete((answer, failure) -> {
                    if (failure == null) {
                        then.run();
                    } else {
                        otherwise.because((DBusException) failure);
                    }
                });
    }
}
