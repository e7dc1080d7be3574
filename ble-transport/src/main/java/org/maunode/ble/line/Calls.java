package org.maunode.ble.line;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.ble.session.Call;
import org.maunode.ble.session.Session;
import org.maunode.ble.session.SessionException;

/** The calls of one session and their sockets, in both directions. On the carrier's thread, but for {@link #waiting}. */
final class Calls {
    /** Whether new calls begin. */
    private enum Door {
        OPEN,
        CLOSED
    }

    private static final Logger LOG = Logger.getLogger("org.maunode.ble");

    private final Session session;
    private final Meter meter;
    private final Member member;
    private final Waiting waiting = new Waiting();
    private final List<Coupling> ours = new ArrayList<>();
    private final List<Coupling> theirs = new ArrayList<>();
    private Optional<Call> unheard = Optional.empty();
    private Door door = Door.OPEN;

    Calls(Session session, Meter meter, Member member) {
        this.session = session;
        this.meter = meter;
        this.member = member;
    }

    Waiting waiting() {
        return waiting;
    }

    /** Calls that have begun, and those of the peer that nobody has taken yet. */
    int underWay() {
        return ours.size() + theirs.size() + (unheard.isPresent() ? 1 : 0);
    }

    /** Begins what can begin, and moves what can be moved. */
    void work(Line line, Callee callee) {
        if (door == Door.OPEN) {
            beginOurs();
            beginTheirs(line, callee);
        }
        move(ours);
        move(theirs);
    }

    private void beginOurs() {
        while (!waiting.isEmpty() && ours.size() < Bounds.SOCKETS_EACH_WAY) {
            Optional<Call> next = session.call();
            if (next.isEmpty()) {
                return;
            }
            waiting.poll().ifPresentOrElse(socket -> begin(socket, next.get()), next.get()::reset);
        }
    }

    private void begin(SocketChannel socket, Call call) {
        try {
            ours.add(new Coupling(socket, call, meter, member));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "ble: a socket was useless when its call was to begin", e);
            call.reset();
            Sockets.close(socket);
        }
    }

    private void beginTheirs(Line line, Callee callee) {
        if (unheard.isEmpty() && theirs.size() < Bounds.SOCKETS_EACH_WAY) {
            unheard = session.accept();
        }
        unheard.ifPresent(call -> listen(call, line, callee));
    }

    /** Who takes the call decides by its first byte. */
    private void listen(Call call, Line line, Callee callee) {
        ByteBuffer scratch = member.loop().scratch().clear();
        try {
            int read = call.read(scratch.array(), 0, scratch.capacity());
            if (read != 0) {
                unheard = Optional.empty();
            }
            if (read > 0) {
                meter.read(read);
                take(call, scratch.limit(read), line, callee);
            } else if (read < 0) {
                call.close();
            }
        } catch (SessionException _) {
            unheard = Optional.empty();
        }
    }

    private void take(Call call, ByteBuffer heard, Line line, Callee callee) {
        try {
            SocketChannel socket = callee.take(line, heard.get(0));
            couple(socket, call, heard);
        } catch (IOException unwanted) {
            LOG.log(Level.INFO, () -> "ble: a call of " + line.peer() + " was not taken: " + unwanted.getMessage());
            call.reset();
        } catch (RuntimeException mistake) {
            LOG.log(Level.WARNING, "ble: a call of " + line.peer() + " was not taken", mistake);
            call.reset();
        }
    }

    private void couple(SocketChannel socket, Call call, ByteBuffer heard) throws IOException {
        try {
            Coupling coupling = new Coupling(socket, call, meter, member);
            coupling.begin(heard);
            theirs.add(coupling);
        } catch (IOException | RuntimeException e) {
            Sockets.close(socket);
            throw e;
        }
    }

    /** When one is over, the next may begin. */
    private void move(List<Coupling> couplings) {
        for (Coupling coupling : couplings) {
            coupling.move(member.loop().scratch(), least());
            if (session.state() == Session.State.CLOSED) {
                coupling.sessionOver();
            }
        }
        if (couplings.removeIf(Coupling::isOver)) {
            member.ready();
        }
    }

    private int least() {
        return door == Door.OPEN ? Bounds.LEAST_READ : 1;
    }

    /** Waits for what the sockets bring next. */
    void watch() {
        ours.forEach(coupling -> coupling.watch(least()));
        theirs.forEach(coupling -> coupling.watch(least()));
    }

    /** Nothing begins any more; who waited hears so. What was written just before may not have been noticed yet: each socket is asked. */
    void shut() {
        if (door == Door.OPEN) {
            door = Door.CLOSED;
            ours.forEach(Coupling::askAgain);
            theirs.forEach(Coupling::askAgain);
            member.ready();
        }
        waiting.close().forEach(Sockets::reset);
        unheard.ifPresent(Call::reset);
        unheard = Optional.empty();
    }

    /** Whether every socket has said what was written to it before. */
    boolean isDry() {
        return ours.stream().allMatch(Coupling::isDry) && theirs.stream().allMatch(Coupling::isDry);
    }

    boolean isOver() {
        return ours.isEmpty() && theirs.isEmpty();
    }

    /** Ends everything abruptly. */
    void reset() {
        shut();
        ours.forEach(Coupling::reset);
        theirs.forEach(Coupling::reset);
        ours.clear();
        theirs.clear();
    }
}
