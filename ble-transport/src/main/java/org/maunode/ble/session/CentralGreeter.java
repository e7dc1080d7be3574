package org.maunode.ble.session;

import java.util.Optional;
import org.maunode.ble.session.SessionException.Reason;

/** Says HELLO until it is welcomed. */
final class CentralGreeter implements Greeter {
    private enum State {
        ASKING,
        WELCOMED
    }

    private final SessionOptions options;
    private final Hello hello;
    private final Repeater repeater;
    private State state = State.ASKING;
    private Frame welcome;

    CentralGreeter(SessionOptions options, int id, long now) {
        this.options = options;
        this.hello = new Hello(Limits.VERSION, Limits.VERSION, options.largestFrame(), options.window(), id);
        this.welcome = hello;
        this.repeater = new Repeater(now);
    }

    @Override
    public Optional<Agreement> heard(Frame greeting, long now) {
        return switch (greeting) {
            case Welcome offered when offered.centralId() == hello.centralId() -> welcomed(offered);
            case Hello _ -> throw new SessionException(Reason.WRONG_ROLE, "a hello from the peripheral");
            default -> Optional.empty();
        };
    }

    private Optional<Agreement> welcomed(Welcome offered) {
        if (state == State.ASKING) {
            state = State.WELCOMED;
            welcome = offered;
            return Optional.of(Agreement.ofCentral(options, offered));
        }
        if (!offered.equals(welcome)) {
            throw new SessionException(Reason.HELLO_CHANGED, offered + " after " + welcome);
        }
        return Optional.empty();
    }

    @Override
    public boolean isAnsweredBy(Refuse refuse) {
        return refuse.centralId() == hello.centralId();
    }

    @Override
    public void confirmed() {
        // The welcome was the confirmation.
    }

    @Override
    public boolean isConfirmed() {
        return state == State.WELCOMED;
    }

    @Override
    public Optional<Frame> poll(long now) {
        if (isConfirmed() || !repeater.isDue(now)) {
            return Optional.empty();
        }
        repeater.said(now);
        return Optional.of(hello);
    }

    @Override
    public boolean isGivenUp(long now) {
        return !isConfirmed() && repeater.isGivenUp(now);
    }

    @Override
    public long deadline() {
        return isConfirmed() ? Long.MAX_VALUE : repeater.deadline();
    }
}
