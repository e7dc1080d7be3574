package org.maunode.ble.dbus;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A connection to a bus. Thread-safe. Whatever it calls back runs on its one thread, {@code mau-dbus}, one call after another: what
 * is called must not block, and may call anything here but {@link #ask}.
 */
public final class Bus implements AutoCloseable {
    /** What an error is called that has no better name. */
    public static final String FAILED = "org.freedesktop.DBus.Error.Failed";

    /** The interface through which properties are read and heard of. */
    public static final String PROPERTIES = "org.freedesktop.DBus.Properties";

    /** The bus itself. */
    public static final String DAEMON = "org.freedesktop.DBus";

    private static final String DAEMON_PATH = "/org/freedesktop/DBus";
    private static final long CLOSING_MILLIS = 1000;
    private static final Logger LOG = Logger.getLogger("org.maunode.ble.dbus");

    private final Wire wire;
    private final AtomicInteger serials = new AtomicInteger();
    private final CompletableFuture<String> unique = new CompletableFuture<>();
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private final Exports exports = new Exports();
    private final Timers timers = new Timers();
    private final Calls calls;
    private final Owners owners = new Owners(this::watchOwner);
    private final Listeners listeners = new Listeners(new Rules());

    private volatile boolean gone;

    private Bus(BusAddress address) throws IOException {
        wire = new Wire(address.open(), new OnWire());
        calls = new Calls(bytes -> wire.write(bytes, () -> {}));
    }

    /**
     * Connects, as the user whose process this is. Blocks.
     *
     * @throws DBusException with {@code NO_BUS}, {@code TIMED_OUT} or {@code INTERRUPTED}; nothing is left behind then
     */
    public static Bus connect(BusAddress address, Duration patience) {
        try {
            Bus bus = new Bus(address);
            bus.wire.start(Greeting.opening(Greeting.user()));
            return bus.greeted(patience);
        } catch (IOException failed) {
            throw new DBusException(DBusException.Reason.NO_BUS, "no bus at " + address + ": " + failed, failed);
        }
    }

    private Bus greeted(Duration patience) {
        try {
            await(unique, patience, "the bus's greeting");
            return this;
        } catch (DBusException failed) {
            close();
            throw failed;
        }
    }

    /** The name that the bus gave this connection: {@code :1.42}. */
    public String uniqueName() {
        return unique.join();
    }

    /**
     * Completes when the connection is gone, with why, in words for people; never exceptionally. Nothing runs on the bus's thread
     * after that.
     */
    public CompletionStage<String> lost() {
        return lost.minimalCompletionStage();
    }

    /**
     * Calls somebody. At most {@link Limits#OUTSTANDING} calls are on the bus at a time, others wait their turn, in order.
     *
     * @return completes on the bus's thread, with what was returned or a {@link DBusException}: {@code ERROR}, {@code TIMED_OUT},
     *     {@code LOST} or {@code BUSY}
     * @throws DBusException with {@code MALFORMED} if the arguments are more than a message holds
     */
    public CompletableFuture<List<Value>> call(MethodCall call) {
        int serial = serial();
        byte[] bytes = call.message(serial).encode();
        long deadline = System.nanoTime() + call.timeout().toNanos();
        CompletableFuture<List<Value>> answer = new CompletableFuture<>();
        Calls.Pending pending = new Calls.Pending(serial, bytes, call.toString(), deadline, answer);
        execute(() -> calls.add(pending), () -> pending.fail(DBusException.Reason.LOST, "the bus is gone"));
        return answer;
    }

    /**
     * Calls somebody, and waits for the answer.
     *
     * @throws DBusException as {@link #call} tells, or {@code INTERRUPTED}
     */
    public List<Value> ask(MethodCall call) {
        if (wire.isOwnThread()) {
            throw new IllegalStateException("the bus's own thread would wait for itself");
        }
        return await(call(call), call.timeout().plusSeconds(1), call.toString());
    }

    private static <T> T await(CompletableFuture<T> future, Duration patience, String what) {
        try {
            return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DBusException(DBusException.Reason.INTERRUPTED, what + ": interrupted", interrupted);
        } catch (TimeoutException late) {
            throw new DBusException(DBusException.Reason.TIMED_OUT, what + ": not in time", late);
        } catch (ExecutionException failed) {
            throw (DBusException) failed.getCause();
        }
    }

    /** Runs something on the bus's thread, after what it is doing now; not at all once the bus is gone. */
    public void execute(Runnable task) {
        execute(task, () -> {});
    }

    /**
     * The same.
     *
     * @param otherwise run instead, on whatever thread, if the bus is gone
     */
    public void execute(Runnable task, Runnable otherwise) {
        wire.execute(() -> (gone ? otherwise : task).run());
    }

    /** Runs something on the bus's thread later, unless what is returned is closed before; not at all once the bus is gone. */
    public Subscription after(Duration wait, Runnable task) {
        Timers.Timer timer = new Timers.Timer(System.nanoTime() + wait.toNanos(), () -> execute(task));
        execute(() -> timers.add(timer));
        return () -> execute(() -> timers.remove(timer));
    }

    /**
     * Tells everybody who listens.
     *
     * @param taken run once on the bus's thread, or at once, when the bus has taken it or it was dropped because too much waits
     */
    public void emit(Signal signal, Runnable taken) {
        send(signal.message(serial()), taken);
    }

    /** The same, but tells one alone: nobody else on this machine gets to see it. */
    public void tell(String destination, Signal signal, Runnable taken) {
        send(signal.message(serial(), destination), taken);
    }

    private void send(Message message, Runnable taken) {
        if (gone || !wire.hasRoom()) {
            taken.run();
        } else {
            wire.write(message.encode(), taken);
        }
    }

    /** Hears signals, until what is returned is closed. Whom they come from is checked, also against forgery. */
    public Subscription onSignal(Match match, Consumer<Message> heard) {
        Listeners.Listener listener = new Listeners.Listener(match, heard);
        boolean wellKnown = !Names.isUnique(match.sender()) && !match.sender().equals(DAEMON);
        Subscription owner = wellKnown ? onOwner(match.sender(), now -> {}) : () -> {};
        execute(() -> listeners.add(listener));
        return () -> {
            execute(() -> listeners.remove(listener));
            owner.close();
        };
    }

    /**
     * Watches who has a well-known name, until what is returned is closed.
     *
     * @param owner told the unique name, or that nobody has it: once soon, and whenever it is another
     */
    public Subscription onOwner(String name, Consumer<Optional<String>> owner) {
        Names.checkBusName(name);
        Consumer<Optional<String>> each = owner::accept;
        execute(() -> owners.add(name, each));
        return () -> execute(() -> owners.remove(name, each));
    }

    /**
     * Whether a message was sent by whoever has this well-known name now. Only on the bus's thread, and while {@link #onOwner}
     * watches the name.
     */
    public boolean isFrom(String name, Message message) {
        return owners.owner(name).filter(message.sender()::equals).isPresent();
    }

    /**
     * Lets others call an object, until what is returned is closed. Whoever the bus lets through may: a method that is meant for one
     * caller asks {@link #isFrom}.
     */
    public Subscription export(String path, Exported object) {
        Names.checkPath(path);
        execute(() -> exports.put(path, object));
        return () -> execute(() -> exports.remove(path, object));
    }

    /** Takes a well-known name; fails if another has it. */
    public CompletableFuture<Void> own(String name) {
        MethodCall request = daemon("RequestName", Value.of(name), Value.uint32(DO_NOT_QUEUE));
        return call(request).thenAccept(answer -> {
            long code = answer.getFirst().asLong();
            if (code != PRIMARY_OWNER && code != ALREADY_OWNER) {
                throw DBusException.error(FAILED, name + " belongs to another");
            }
        });
    }

    private static final long DO_NOT_QUEUE = 4;
    private static final long PRIMARY_OWNER = 1;
    private static final long ALREADY_OWNER = 4;

    private static MethodCall daemon(String member, Value... arguments) {
        return MethodCall.of(DAEMON, DAEMON_PATH, DAEMON, member, arguments);
    }

    /** Ends the connection and its thread; what the bus takes at once is still written. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            wire.close(CLOSING_MILLIS);
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private int serial() {
        return serials.updateAndGet(last -> last == -1 ? 1 : last + 1);
    }

    private Subscription watchOwner(String name, Consumer<Optional<String>> owner) {
        Match changes = Match.from(DAEMON).member(DAEMON, "NameOwnerChanged").firstArgument(name);
        Subscription subscription = onSignal(
                changes, signal -> owner.accept(present(signal.argument(2).asText())));
        execute(() -> call(daemon("GetNameOwner", Value.of(name)))
                .whenComplete((answer, failure) ->
                        owner.accept(failure == null ? present(answer.getFirst().asText()) : Optional.empty())));
        return subscription;
    }

    private static Optional<String> present(String name) {
        return Optional.of(name).filter(given -> !given.isEmpty());
    }

    /** What the listeners ask. */
    private final class Rules implements Listeners.Daemon {
        @Override
        public void rule(String member, String rule) {
            call(daemon(member, Value.of(rule))).whenComplete((answer, failure) -> {
                if (failure != null && !gone) {
                    LOG.log(Level.WARNING, () -> "dbus." + member + " " + rule + ": " + failure.getMessage());
                }
            });
        }

        @Override
        public Optional<String> owner(String name) {
            return owners.owner(name);
        }
    }

    /** What the wire brings. */
    private final class OnWire implements Wire.Owner {
        @Override
        public void greeted() {
            call(daemon("Hello")).whenComplete((answer, failure) -> {
                if (failure == null) {
                    unique.complete(answer.getFirst().asText());
                } else {
                    unique.completeExceptionally(failure);
                }
            });
        }

        @Override
        public void received(Message message) {
            switch (message.kind()) {
                case METHOD_RETURN, ERROR -> calls.answered(message);
                case SIGNAL -> listeners.signal(message);
                case METHOD_CALL -> answer(message);
            }
        }

        @Override
        public OptionalLong ring(long now) {
            return earlier(calls.ring(now), timers.ring(now));
        }

        @Override
        public void lost(DBusException why) {
            gone = true;
            unique.completeExceptionally(why);
            calls.fail(why);
        }

        @Override
        public void ended(DBusException why) {
            lost.complete(why.getMessage());
        }
    }

    private static OptionalLong earlier(OptionalLong one, OptionalLong two) {
        if (one.isEmpty() || two.isEmpty()) {
            return one.isEmpty() ? two : one;
        }
        return one.getAsLong() - two.getAsLong() < 0 ? one : two;
    }

    private void answer(Message call) {
        exports.answer(call).whenComplete((returned, failure) -> {
            if (call.expectsReply()) {
                reply(call, Optional.ofNullable(returned), Optional.ofNullable(failure));
            } else if (failure != null) {
                LOG.log(Level.FINE, failure, () -> "dbus.call " + call.member());
            }
        });
    }

    private void reply(Message call, Optional<List<Value>> returned, Optional<Throwable> failure) {
        wire.write(encoded(call, returned, failure), () -> {});
    }

    private byte[] encoded(Message call, Optional<List<Value>> returned, Optional<Throwable> failure) {
        try {
            return returned.map(values -> Replies.returned(call, serial(), values))
                    .orElseGet(() -> Replies.failed(call, serial(), Exports.told(failure.orElseThrow())))
                    .encode();
        } catch (DBusException tooLarge) {
            return Replies.failed(call, serial(), DBusException.error(FAILED, tooLarge.getMessage()))
                    .encode();
        }
    }
}
