package org.maunode.ble.session;

import java.util.Optional;
import org.maunode.ble.session.SessionException.Reason;

/** Waits for a HELLO, then says WELCOME until a frame of the session comes. */
final class PeripheralGreeter implements Greeter {
    private enum State {
        LISTENING,
        WELCOMING,
        CONFIRMED
    }

    private final SessionOptions options;
    private final int id;
    private Repeater repeater;
    private State state = State.LISTENING;
    private Frame hello = new Ping();
    private Frame welcome = new Ping();

    PeripheralGreeter(SessionOptions options, int id, long now) {
        this.options = options;
        this.id = id;
        this.repeater = new Repeater(now);
    }

    @Override
    public Optional<Agreement> heard(Frame greeting, long now) {
        return switch (greeting) {
            case Hello offered when state == State.LISTENING -> Optional.of(agree(offered, now));
            case Hello again -> repeated(again, now);
            default -> throw new SessionException(Reason.WRONG_ROLE, "a greeting that only a peripheral sends");
        };
    }

    private Agreement agree(Hello offered, long now) {
        if (offered.lowest() > Limits.VERSION || offered.highest() < Limits.VERSION) {
            throw new SessionException(
                    Reason.VERSION,
                    "versions " + offered.lowest() + " to " + offered.highest() + " where " + Limits.VERSION
                            + " is spoken");
        }
        state = State.WELCOMING;
        hello = offered;
        welcome = new Welcome(Limits.VERSION, options.largestFrame(), options.window(), offered.centralId(), id);
        repeater = new Repeater(now);
        return Agreement.ofPeripheral(options, offered, id);
    }

    private Optional<Agreement> repeated(Hello again, long now) {
        if (!again.equals(hello)) {
            throw changed(again);
        }
        if (state == State.WELCOMING) {
            repeater.dueAt(now);
        }
        return Optional.empty();
    }

    private SessionException changed(Hello again) {
        boolean same = hello instanceof Hello first && first.centralId() == again.centralId();
        return same
                ? new SessionException(Reason.HELLO_CHANGED, again + " after " + hello)
                : new SessionException(Reason.RESTARTED, "the central began a new session");
    }

    @Override
    public boolean isAnsweredBy(Refuse refuse) {
        return false;
    }

    @Override
    public void confirmed() {
        state = State.CONFIRMED;
    }

    @Override
    public boolean isConfirmed() {
        return state == State.CONFIRMED;
    }

    @Override
    public Optional<Frame> poll(long now) {
        if (state != State.WELCOMING || !repeater.isDue(now)) {
            return Optional.empty();
        }
        repeater.said(now);
        return Optional.of(welcome);
    }

    @Override
    public boolean isGivenUp(long now) {
        return state != State.CONFIRMED && repeater.isGivenUp(now);
    }

    @Override
    public long deadline() {
        return switch (state) {
            case LISTENING -> repeater.giveUpAt();
            case WELCOMING -> repeater.deadline();
            case CONFIRMED -> Long.MAX_VALUE;
        };
    }
}
