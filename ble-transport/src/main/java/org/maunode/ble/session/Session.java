package org.maunode.ble.session;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.maunode.ble.session.SessionException.Reason;

/**
 * One side of a session over one GATT connection: frames in, frames out, and the calls on two streams. Version 1 of
 * docs/spec/ble-session.md.
 *
 * <pre>
 *   central:     SETTING_UP ──WELCOME──────────────────► OPEN ──close──► CLOSING ──all acknowledged──► CLOSED
 *   peripheral:  SETTING_UP ──HELLO──► (WELCOME) ──frame─► OPEN               └── 10 s ────────────────► CLOSED
 *   from every state:  peer's CLOSE, peer's mistake, silence, abort, link lost ─────────────────────► CLOSED
 * </pre>
 *
 * <p>The owner drives it: after every {@link #receive}, and after anything done to a {@link Call}, it hands what {@link #poll}
 * returns to the link until that is empty, then waits for a frame, for its own work, or for {@link #deadline}. It may stop polling
 * while the link is busy.
 *
 * <p>No thread, no lock, no clock: one thread at a time, and {@code now} is milliseconds of any clock that never goes back.
 */
public final class Session {
    /** Where the session stands. */
    public enum State {
        /** No agreement yet. */
        SETTING_UP,
        /** Calls go both ways. */
        OPEN,
        /** What was written is still being delivered; nothing new begins. */
        CLOSING,
        /** Over; {@link Session#ending} says how. */
        CLOSED
    }

    /** The three things a session can be, with what belongs to each. */
    private sealed interface Phase {}

    private record SettingUp() implements Phase {}

    private record Talking(Dialogue dialogue, long closeBy) implements Phase {}

    private record Over(Ending ending, Farewell farewell) implements Phase {}

    private static final long NOT_CLOSING = Long.MAX_VALUE;

    private final Side self;
    private final SessionOptions options;
    private final Greeter greeter;
    private Agreement agreement = Agreement.NONE;
    private Phase phase = new SettingUp();
    private long dropped;

    private Session(Side self, SessionOptions options, Greeter greeter) {
        this.self = self;
        this.options = Objects.requireNonNull(options);
        this.greeter = greeter;
    }

    /**
     * The side that writes; it begins.
     *
     * @param id drawn at random for this session
     */
    public static Session central(SessionOptions options, int id, long now) {
        return new Session(Side.CENTRAL, options, new CentralGreeter(options, id, now));
    }

    /**
     * The side that notifies; it waits for the central.
     *
     * @param id drawn at random for this session
     */
    public static Session peripheral(SessionOptions options, int id, long now) {
        return new Session(Side.PERIPHERAL, options, new PeripheralGreeter(options, id, now));
    }

    /** The frame that refuses this hello, for a peripheral that makes no session of it; empty if it is no hello. */
    public static Optional<byte[]> refusal(byte[] frame, Reason reason) {
        return Check.GREETING.open(frame).flatMap(Hello::idOf).map(id -> refuse(reason, id));
    }

    private static byte[] refuse(Reason reason, int centralId) {
        return Check.GREETING.seal(new Refuse(reason.code(), centralId));
    }

    // Frames in.

    /**
     * Takes one frame from the link: the value of one write or notification.
     *
     * @throws SessionException a mistake of the peer, after which the session is closed and {@link #poll} has the farewell.
     *     {@link Reason#RESTARTED} means that this frame is the hello of another session, to be handed to a new one.
     */
    public void receive(byte[] frame, long now) {
        try {
            Optional<ByteBuffer> body = open(frame);
            if (body.isPresent()) {
                accept(frame, body.get(), now);
            } else {
                dropped++;
            }
        } catch (SessionException mistake) {
            failed(mistake.reason(), frame, now);
            throw mistake;
        }
    }

    /** Frames that were dropped because their check failed: cut, stale, reflected, or written by a third party. */
    public long dropped() {
        return dropped;
    }

    private Optional<ByteBuffer> open(byte[] frame) {
        boolean greeting = frame.length > 0 && Frame.isGreeting(frame[0]);
        return (greeting ? Check.GREETING : agreement.incoming()).open(frame);
    }

    private void accept(byte[] frame, ByteBuffer body, long now) {
        if (frame.length > options.largestFrame()) {
            throw new SessionException(
                    Reason.OVERSIZE, frame.length + " bytes where " + options.largestFrame() + " are taken");
        }
        Frame parsed = Frame.parse(body);
        if (Frame.isGreeting(frame[0])) {
            greeted(parsed, now);
        } else {
            heard(parsed, now);
        }
    }

    private void greeted(Frame greeting, long now) {
        switch (phase) {
            case SettingUp _ -> setUp(greeting, now);
            case Talking talking -> {
                greeter.heard(greeting, now);
                talking.dialogue().oweAll(now);
            }
            case Over _ -> late(greeting);
        }
    }

    private void setUp(Frame greeting, long now) {
        if (greeting instanceof Refuse refuse && greeter.isAnsweredBy(refuse)) {
            over(self.other(), Reason.ofCode(refuse.code()), Farewell.silent());
        } else {
            greeter.heard(greeting, now).ifPresent(agreed -> agree(agreed, now));
        }
    }

    /** The central owes a frame at once: it is what the peripheral waits for. */
    private void agree(Agreement agreed, long now) {
        Dialogue dialogue = new Dialogue(self, agreed, options.window(), now);
        dialogue.oweAll(now);
        agreement = agreed;
        phase = new Talking(dialogue, NOT_CLOSING);
    }

    private void late(Frame greeting) {
        if (greeting instanceof Hello && self == Side.PERIPHERAL) {
            throw new SessionException(Reason.RESTARTED, "a hello after the session was closed");
        }
    }

    private void heard(Frame frame, long now) {
        switch (phase) {
            case SettingUp _ ->
                throw new SessionException(Reason.BEFORE_HELLO, "a frame of a session where a greeting belongs");
            case Talking talking -> talk(talking.dialogue(), frame, now);
            case Over over -> over.farewell().heard(frame, now);
        }
    }

    private void talk(Dialogue dialogue, Frame frame, long now) {
        greeter.confirmed();
        if (frame instanceof Close close) {
            closedByPeer(close, now);
        } else {
            dialogue.heard(frame, now);
        }
    }

    // Frames out.

    /** The next frame for the link, empty if there is nothing to send now. Also notices what time has brought about. */
    public Optional<byte[]> poll(long now) {
        notice(now);
        return switch (phase) {
            case SettingUp _ -> greeter.poll(now).map(Check.GREETING::seal);
            case Talking talking -> greetOrSay(talking.dialogue(), now);
            case Over over -> over.farewell().poll(now);
        };
    }

    private Optional<byte[]> greetOrSay(Dialogue dialogue, long now) {
        Optional<Frame> greeting = greeter.poll(now);
        return greeting.isPresent() ? greeting.map(Check.GREETING::seal) : say(dialogue, now);
    }

    private Optional<byte[]> say(Dialogue dialogue, long now) {
        Optional<Frame> frame = greeter.isConfirmed() ? dialogue.poll(now) : Optional.empty();
        return frame.isPresent() ? Optional.of(agreement.outgoing().seal(frame.get())) : Optional.empty();
    }

    private void notice(long now) {
        if (phase instanceof Over) {
            return;
        }
        if (greeter.isGivenUp(now)) {
            over(self, Reason.SILENCE, Farewell.silent());
        } else if (phase instanceof Talking(Dialogue dialogue, long closeBy)) {
            notice(dialogue, closeBy, now);
        }
    }

    private void notice(Dialogue dialogue, long closeBy, long now) {
        if (dialogue.isSilent(now)) {
            over(self, Reason.SILENCE, Farewell.telling(close(Reason.SILENCE), now));
        } else if (closeBy != NOT_CLOSING && (now >= closeBy || dialogue.isDrained())) {
            over(self, Reason.CLOSED, Farewell.asking(close(Reason.CLOSED), now));
        }
    }

    /** When {@link #poll} must be called at the latest; empty if nothing but a frame or a call can bring news. */
    public OptionalLong deadline() {
        long at = phaseDeadline();
        return at == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(at);
    }

    private long phaseDeadline() {
        return switch (phase) {
            case SettingUp _ -> greeter.deadline();
            case Talking _ when !greeter.isConfirmed() -> greeter.deadline();
            case Talking(Dialogue dialogue, long closeBy) -> Math.min(closeBy, dialogue.deadline());
            case Over over -> over.farewell().deadline();
        };
    }

    // Calls.

    /** Begins the next call to the peer; empty unless the session is open and the call before is over. */
    public Optional<Call> call() {
        return state() == State.OPEN && phase instanceof Talking talking
                ? talking.dialogue().lane(self).call()
                : Optional.empty();
    }

    /** A call that the peer has begun, each once. */
    public Optional<Call> accept() {
        return phase instanceof Talking talking
                ? talking.dialogue().lane(self.other()).accept()
                : Optional.empty();
    }

    // The end.

    /** Ends the session once everything written has been acknowledged, or {@link Limits#CLOSE_LIMIT} has passed. */
    public void close(long now) {
        switch (phase) {
            case SettingUp _ -> over(self, Reason.CLOSED, Farewell.silent());
            case Talking(Dialogue dialogue, long closeBy) ->
                phase = new Talking(dialogue, Math.min(closeBy, now + Limits.CLOSE_LIMIT));
            case Over _ -> {}
        }
    }

    /** Ends the session now; the peer is told. */
    public void abort(long now) {
        end(Reason.ABORTED, now);
    }

    /** The connection is gone: the session is over, and {@link #poll} has nothing more. */
    public void linkLost() {
        over(self, Reason.LINK_LOST, Farewell.silent());
    }

    public State state() {
        return switch (phase) {
            case SettingUp _ -> State.SETTING_UP;
            case Talking _ when !greeter.isConfirmed() -> State.SETTING_UP;
            case Talking talking -> talking.closeBy() == NOT_CLOSING ? State.OPEN : State.CLOSING;
            case Over _ -> State.CLOSED;
        };
    }

    /** How the session ended, once it has. */
    public Optional<Ending> ending() {
        return phase instanceof Over over ? Optional.of(over.ending()) : Optional.empty();
    }

    private void failed(Reason reason, byte[] frame, long now) {
        if (phase instanceof SettingUp && self == Side.PERIPHERAL) {
            refusal(frame, reason).ifPresent(refuse -> over(self, reason, Farewell.telling(refuse, now)));
        }
        end(reason, now);
    }

    private void end(Reason reason, long now) {
        boolean listening = phase instanceof Talking && reason != Reason.RESTARTED;
        over(self, reason, listening ? Farewell.telling(close(reason), now) : Farewell.silent());
    }

    private void closedByPeer(Close close, long now) {
        Reason reason = Reason.ofCode(close.code());
        boolean asks = reason == Reason.CLOSED;
        over(self.other(), reason, asks ? Farewell.answering(close(Reason.CLOSED), now) : Farewell.silent());
    }

    private byte[] close(Reason reason) {
        return agreement.outgoing().seal(new Close(reason.code()));
    }

    private void over(Side by, Reason reason, Farewell farewell) {
        if (phase instanceof Talking talking) {
            talking.dialogue().breakOff(reason);
        }
        if (!(phase instanceof Over)) {
            phase = new Over(new Ending(by, reason), farewell);
        }
    }
}
