package org.maunode.ble.bluez;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.maunode.ble.bluez.Adapters.Adapter;
import org.maunode.ble.dbus.Bus;
import org.maunode.ble.dbus.DBusException;
import org.maunode.ble.dbus.Exported;
import org.maunode.ble.dbus.Message;
import org.maunode.ble.dbus.MethodCall;
import org.maunode.ble.dbus.Subscription;
import org.maunode.ble.dbus.Value;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Link;
import org.maunode.ble.gatt.Peripheral;

/**
 * One offer on one connection to the bus: follows the adapters as they come and go. Everything on the bus's thread, but the
 * constructor.
 *
 * <pre>
 *                     ┌───────────── adapter gone or off, BlueZ gone ◄──────────────┐
 *                     ▼                                                             │
 *   begin ──► no adapter ──one is on──► registering ──both accepted──► serving ─────┤
 *                     ▲                      │                                      │
 *                     └──── after a while ◄──┴─ refused          advertisement released
 * </pre>
 */
final class Offering implements Adapters.Listener {
    /** The wait after BlueZ has refused; doubled each time up to {@link #LONGEST_WAIT}. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String ALREADY = "org.bluez.Error.AlreadyExists";

    /** What is offered, and where; the same on every connection to the bus. */
    record Plan(
            Optional<BluetoothAddress> adapter,
            Peripheral.Offer offer,
            Peripheral.Acceptor acceptor,
            Optional<PairingDesk> pairing,
            Presence presence) {}

    private final Bus bus;
    private final Plan plan;
    private final Adapters adapters;
    private final Links links;
    private final Pacer pacer;
    private Optional<Adapter> adapter = Optional.empty();
    private Subscription retry = () -> {};
    private Duration wait = FIRST_WAIT;

    Offering(Bus bus, Plan plan) {
        this.bus = bus;
        this.plan = plan;
        this.adapters = new Adapters(bus, this);
        this.pacer = new Pacer(bus);
        this.links = new Links(plan.acceptor(), this::link);
    }

    void begin() {
        Application application = new Application(plan.offer(), new OnlyBluez());
        application.objects().forEach(this::export);
        export(Application.ROOT, application.root());
        plan.pairing()
                .ifPresent(desk -> export(PairingAgent.PATH, desk.agent(bus).object()));
        export(Advertisement.PATH, Advertisement.of(plan.offer().info(), this::released));
        adapters.begin();
    }

    private void export(String path, Exported object) {
        bus.export(path, object);
    }

    /** What runs of BlueZ's calls. */
    private final class OnlyBluez implements Application.Gate {
        @Override
        public void check(Message call) {
            if (!bus.isFrom(Names.BLUEZ, call)) {
                throw DBusException.error("org.bluez.Error.NotPermitted", "only BlueZ may");
            }
        }

        @Override
        public void written(Message call) {
            links.written(call);
        }
    }

    private Link link(String device, BluetoothAddress peer, int mtu) {
        return new PeripheralLink(bus, pacer, () -> links.isOpen(device), device, peer, mtu);
    }

    @Override
    public void changed() {
        Optional<Adapter> best = adapters.choose(plan.adapter());
        if (adapter.isPresent() && best.map(Adapter::path).equals(adapter.map(Adapter::path))) {
            return;
        }
        adapter.ifPresent(this::leave);
        adapter = best;
        best.ifPresentOrElse(this::register, () -> plan.presence().away(adapters.why(plan.adapter())));
    }

    @Override
    public void left(String devicePath) {
        links.lost(devicePath, "disconnected");
        plan.pairing().ifPresent(desk -> desk.left(devicePath));
    }

    @Override
    public void paired(String devicePath, boolean now) {
        plan.pairing().ifPresent(desk -> desk.paired(devicePath, now));
    }

    @Override
    public void gone() {
        forget("BlueZ is gone");
    }

    /** The connection to the bus is lost: nothing can be said to anybody. */
    void lost() {
        forget("the bus is gone");
    }

    private void forget(String why) {
        adapter = Optional.empty();
        retry.close();
        wait = FIRST_WAIT;
        links.lostAll(device -> true, why);
        plan.pairing().ifPresent(PairingDesk::rest);
    }

    /** An adapter that is off, and will be on again, must not remember us. */
    private void leave(Adapter old) {
        retry.close();
        wait = FIRST_WAIT;
        links.lostAll(device -> Names.isOn(old.path(), device), "the adapter is gone");
        call(old, Names.ADVERTISING_MANAGER, "UnregisterAdvertisement", Value.path(Advertisement.PATH));
        call(old, Names.GATT_MANAGER, "UnregisterApplication", Value.path(Application.ROOT));
    }

    private void register(Adapter now) {
        Value none = Value.properties(Map.of());
        plan.pairing().ifPresent(pairing -> pairing.serve(bus, now));
        call(now, Names.GATT_MANAGER, "RegisterApplication", Value.path(Application.ROOT), none)
                .handle((answer, failure) -> accepted(failure))
                .thenCompose(ok -> advertise(now, none))
                .whenComplete((ok, failure) -> registered(now, Optional.ofNullable(failure)));
    }

    private CompletableFuture<Boolean> advertise(Adapter now, Value none) {
        return call(now, Names.ADVERTISING_MANAGER, "RegisterAdvertisement", Value.path(Advertisement.PATH), none)
                .handle((answer, failure) -> accepted(failure));
    }

    private static boolean accepted(Throwable failure) {
        boolean there =
                failure instanceof DBusException refused && refused.errorName().equals(ALREADY);
        if (failure != null && !there) {
            throw new CompletionException(failure);
        }
        return true;
    }

    private CompletableFuture<List<Value>> call(Adapter on, String manager, String member, Value... arguments) {
        return bus.call(MethodCall.of(Names.BLUEZ, on.path(), manager, member, arguments)
                .within(PATIENCE));
    }

    private void registered(Adapter now, Optional<Throwable> failure) {
        if (!adapter.equals(Optional.of(now))) {
            return;
        }
        if (failure.isEmpty()) {
            wait = FIRST_WAIT;
            plan.presence().here(now.address().text());
            return;
        }
        plan.presence().away(Presence.words(failure.get()));
        again();
    }

    /** BlueZ dropped the advertisement, as it does when an adapter goes off. */
    private void released() {
        if (adapter.isPresent()) {
            again();
        }
    }

    private void again() {
        retry.close();
        retry = bus.after(wait, () -> adapter.ifPresent(this::register));
        Duration twice = wait.multipliedBy(2);
        wait = twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
    }

    /** Asks BlueZ to end every connection of ours; completes when it has, or could not. From any thread. */
    CompletableFuture<Void> disconnect() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        bus.execute(
                () -> disconnectAll().whenComplete((all, failure) -> done.complete(null)), () -> done.complete(null));
        return done;
    }

    private CompletableFuture<Void> disconnectAll() {
        return CompletableFuture.allOf(links.devices().stream()
                .map(device -> bus.call(MethodCall.of(Names.BLUEZ, device, Names.DEVICE, "Disconnect")))
                .toArray(CompletableFuture[]::new));
    }
}
