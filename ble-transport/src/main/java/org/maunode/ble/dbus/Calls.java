package org.maunode.ble.dbus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Our calls: those that the bus has, and those that wait for their turn. No thread of its own; for one thread. */
final class Calls {
    private final Consumer<byte[]> wire;
    private final Map<Integer, Pending> outstanding = new LinkedHashMap<>();
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private long earliest;

    Calls(Consumer<byte[]> wire) {
        this.wire = wire;
    }

    /**
     * A call without its answer.
     *
     * @param what for people
     * @param deadline as {@link System#nanoTime} counts
     */
    record Pending(int serial, byte[] bytes, String what, long deadline, CompletableFuture<List<Value>> answer) {
        void fail(DBusException.Reason reason, String why) {
            answer.completeExceptionally(new DBusException(reason, what + ": " + why));
        }
    }

    void add(Pending call) {
        expect(call);
        if (outstanding.size() < Limits.OUTSTANDING) {
            send(call);
        } else if (waiting.size() < Limits.WAITING) {
            waiting.add(call);
        } else {
            call.fail(DBusException.Reason.BUSY, Limits.WAITING + " calls wait already");
        }
    }

    private void send(Pending call) {
        outstanding.put(call.serial(), call);
        wire.accept(call.bytes());
    }

    /** An answer; ignored if nobody waits for it any more. */
    void answered(Message answer) {
        Pending call = outstanding.remove(answer.replySerial());
        if (call == null) {
            return;
        }
        next();
        if (answer.kind() == Message.Kind.ERROR) {
            call.answer().completeExceptionally(error(call, answer));
        } else {
            call.answer().complete(answer.body());
        }
    }

    private static DBusException error(Pending call, Message answer) {
        String name = answer.text(Message.Field.ERROR_NAME);
        boolean told = !answer.body().isEmpty() && answer.body().getFirst() instanceof Value.Text;
        String message = told ? answer.body().getFirst().asText() : "no word why";
        return DBusException.error(name, call.what() + ": " + message + " (" + name + ")");
    }

    private void next() {
        while (!waiting.isEmpty() && outstanding.size() < Limits.OUTSTANDING) {
            send(waiting.remove());
        }
    }

    /** Between two looks at all of them the earliest deadline that was ever seen is enough: most calls are answered before theirs. */
    private void expect(Pending call) {
        earliest = isIdle() || call.deadline() - earliest < 0 ? call.deadline() : earliest;
    }

    private boolean isIdle() {
        return outstanding.isEmpty() && waiting.isEmpty();
    }

    /** Gives up what is overdue. When to look again, at the latest; empty if nobody waits. */
    OptionalLong ring(long now) {
        if (isIdle() || earliest - now > 0) {
            return isIdle() ? OptionalLong.empty() : OptionalLong.of(earliest);
        }
        OptionalLong next = giveUp(now);
        next.ifPresent(deadline -> earliest = deadline);
        return next;
    }

    private OptionalLong giveUp(long now) {
        List<Pending> overdue =
                all().stream().filter(call -> call.deadline() - now <= 0).toList();
        for (Pending call : overdue) {
            waiting.remove(call);
            outstanding.remove(call.serial());
            call.fail(DBusException.Reason.TIMED_OUT, "no answer in time");
        }
        next();
        return all().stream().mapToLong(call -> call.deadline() - now).min().stream()
                .map(remaining -> now + remaining)
                .findFirst();
    }

    void fail(DBusException why) {
        List<Pending> all = all();
        outstanding.clear();
        waiting.clear();
        all.forEach(call -> call.fail(why.reason(), why.getMessage()));
    }

    private List<Pending> all() {
        List<Pending> all = new ArrayList<>(outstanding.values());
        all.addAll(waiting);
        return all;
    }
}
