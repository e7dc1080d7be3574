package org.maunode.ble.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.maunode.ble.session.SessionException.Reason;

/** One engine against a script: the test plays the other side, frame by frame, honest or not. */
final class Scripted {
    static final int CENTRAL_ID = 0x01020304;
    static final int PERIPHERAL_ID = 0x0A0B0C0D;
    static final Hello HELLO = new Hello(1, 1, 244, 32, CENTRAL_ID);
    static final Welcome WELCOME = new Welcome(1, 244, 32, CENTRAL_ID, PERIPHERAL_ID);

    private final Session session;
    private final Side tested;
    private long now;

    private Scripted(Session session, Side tested) {
        this.session = session;
        this.tested = tested;
    }

    /** A peripheral that has heard nothing yet. */
    static Scripted listening() {
        return new Scripted(Session.peripheral(options(), PERIPHERAL_ID, 0), Side.PERIPHERAL);
    }

    /** A central that has said HELLO. */
    static Scripted asking() {
        Scripted script = new Scripted(Session.central(options(), CENTRAL_ID, 0), Side.CENTRAL);
        script.said();
        return script;
    }

    /** What a side brings that says the vectors' WELCOME. */
    static SessionOptions options() {
        return new SessionOptions(247, Limits.PREFERRED_FRAME, Limits.LARGEST_FRAME, 32);
    }

    /** A peripheral with an agreed session. */
    static Scripted peripheral() {
        return peripheral(HELLO);
    }

    static Scripted peripheral(Hello hello) {
        Scripted script = listening();
        script.greet(hello);
        script.said();
        script.say(acks(Side.CENTRAL, 0, 32));
        script.said();
        return script;
    }

    /** A central with an agreed session. */
    static Scripted central() {
        Scripted script = asking();
        script.greet(WELCOME);
        script.said();
        return script;
    }

    static Scripted centralWithFramesOf(int frame) {
        SessionOptions options = SessionOptions.atMtu(517).preferring(frame);
        Scripted script = new Scripted(Session.central(options, CENTRAL_ID, 0), Side.CENTRAL);
        script.greet(new Welcome(1, Limits.LARGEST_FRAME, Limits.LARGEST_WINDOW, CENTRAL_ID, PERIPHERAL_ID));
        script.said();
        return script;
    }

    static Acks acks(Side stream, int next, int window) {
        return new Acks(List.of(new Ack(stream, next, window)));
    }

    static Data data(Side stream, int number, String payload) {
        return new Data(stream, number, false, List.of(), payload.getBytes());
    }

    static Data last(Side stream, int number, String payload) {
        return new Data(stream, number, true, List.of(), payload.getBytes());
    }

    Session session() {
        return session;
    }

    long now() {
        return now;
    }

    void pass(long milliseconds) {
        now += milliseconds;
    }

    void greet(Frame greeting) {
        receive(Check.GREETING.seal(greeting));
    }

    void say(Frame frame) {
        receive(check(tested.other()).seal(frame));
    }

    void receive(byte[] bytes) {
        session.receive(bytes, now);
    }

    /** What the engine sends now. */
    List<Frame> said() {
        List<Frame> said = new ArrayList<>();
        for (Optional<byte[]> next = session.poll(now); next.isPresent(); next = session.poll(now)) {
            said.add(opened(next.get()));
        }
        return said;
    }

    void says(Frame... expected) {
        assertEquals(describe(Arrays.asList(expected)), describe(said()));
    }

    void refuses(Reason reason, Frame frame) {
        assertEquals(
                reason, assertThrows(SessionException.class, () -> say(frame)).reason());
        assertEquals(Session.State.CLOSED, session.state());
        assertEquals(reason, session.ending().orElseThrow().reason());
        says(new Close(reason.code()));
    }

    void refusesGreeting(Reason reason, byte[] bytes) {
        assertEquals(
                reason,
                assertThrows(SessionException.class, () -> receive(bytes)).reason());
        assertEquals(Session.State.CLOSED, session.state());
    }

    Frame opened(byte[] bytes) {
        Check check = Frame.isGreeting(bytes[0]) ? Check.GREETING : check(tested);
        return Frame.parse(check.open(bytes).orElseThrow());
    }

    static Check check(Side sender) {
        return Check.of(CENTRAL_ID, PERIPHERAL_ID, sender);
    }

    static String describe(List<Frame> frames) {
        return String.join("\n", frames.stream().map(Scripted::describe).toList());
    }

    static String describe(Frame frame) {
        return switch (frame) {
            case Data data ->
                "Data " + data.stream() + " " + data.number() + (data.last() ? " last " : " ") + data.acks() + " "
                        + new String(data.payload());
            case Frame other -> other.toString();
        };
    }

    static Frame parse(byte[] body) {
        return Frame.parse(ByteBuffer.wrap(body));
    }

    static String read(Call call) {
        byte[] buffer = new byte[10_000];
        int read = call.read(buffer, 0, buffer.length);
        return read < 0 ? "END" : new String(buffer, 0, read);
    }

    static void write(Call call, String text) {
        assertEquals(text.length(), call.write(text.getBytes(), 0, text.length()));
    }
}
