package org.maunode.ble.session;

import java.util.ArrayDeque;
import java.util.Objects;
import org.maunode.ble.session.SessionException.Reason;

/**
 * One conversation on a stream: what a connection is to TCP. Either half ends by itself.
 *
 * <pre>
 *   write* finish ──► the peer reads to the end          each half by itself
 *   reset         ──► both halves end, what has not been read is dropped
 * </pre>
 *
 * <p>Belongs to the thread that drives its {@link Session}, as the session does. After anything done here,
 * {@link Session#poll} may have something to send.
 */
public final class Call {
    private enum Input {
        OPEN,
        ENDED,
        BROKEN
    }

    private enum Output {
        OPEN,
        FINISHED
    }

    private enum Reader {
        PRESENT,
        GONE
    }

    private final Lane lane;
    private final ArrayDeque<byte[]> arrived = new ArrayDeque<>();
    private int offset;
    private int readable;
    private Input input = Input.OPEN;
    private Output output = Output.OPEN;
    private Reader reader = Reader.PRESENT;
    private Reason broken = Reason.CLOSED;

    Call(Lane lane) {
        this.lane = lane;
    }

    /** Bytes that {@link #read} would return now. */
    public int readable() {
        return readable;
    }

    /**
     * Moves what has arrived to {@code target} and gives the peer credit for it.
     *
     * @return bytes read; 0 if none are here yet; -1 once the peer has finished and everything is read
     * @throws SessionException if the call was reset or the session ended before the peer had finished
     */
    public int read(byte[] target, int from, int length) {
        Objects.checkFromIndexSize(from, length, target.length);
        if (readable == 0) {
            return whyNothing();
        }
        int wanted = Math.min(length, readable);
        for (int done = 0; done < wanted; ) {
            done += readFirst(target, from + done, wanted - done);
        }
        readable -= wanted;
        return wanted;
    }

    private int whyNothing() {
        return switch (input) {
            case OPEN -> 0;
            case ENDED -> -1;
            case BROKEN -> throw new SessionException(broken, "the call is over: " + broken);
        };
    }

    private int readFirst(byte[] target, int from, int length) {
        byte[] first = arrived.element();
        int read = Math.min(length, first.length - offset);
        System.arraycopy(first, offset, target, from, read);
        offset += read;
        if (offset == first.length) {
            arrived.remove();
            offset = 0;
            lane.release(1);
        }
        return read;
    }

    /** Bytes that {@link #write} would take now; 0 once this half has ended. */
    public int writable() {
        return output == Output.OPEN ? lane.room(this) : 0;
    }

    /**
     * Takes as many bytes as there is room for: at most {@link Limits#UNSENT_BYTES} wait to be sent.
     *
     * @return bytes taken; 0 means that the peer or the link is slower than the writer
     * @throws SessionException if the call was reset or the session ended
     * @throws IllegalStateException after {@link #finish}, {@link #close} or {@link #reset}
     */
    public int write(byte[] source, int from, int length) {
        Objects.checkFromIndexSize(from, length, source.length);
        if (input == Input.BROKEN) {
            throw new SessionException(broken, "the call is over: " + broken);
        }
        if (output != Output.OPEN) {
            throw new IllegalStateException("this half of the call has ended");
        }
        return lane.write(this, source, from, length);
    }

    /** Ends this half once everything written has been sent. The other half goes on. */
    public void finish() {
        if (output == Output.OPEN) {
            output = Output.FINISHED;
            lane.finish(this);
        }
    }

    /** Ends this half in order, and drops whatever the peer still sends. */
    public void close() {
        reader = Reader.GONE;
        discard();
        finish();
    }

    /** Ends both halves abruptly. The session and its other stream go on. */
    public void reset() {
        lane.reset(this);
        breakOff(Reason.RESET);
    }

    /** Whether both halves have ended and both sides know it; the next call may begin. */
    public boolean isOver() {
        return lane.isOver(this);
    }

    /** Whether either side has reset it: what was not read is gone. */
    public boolean isReset() {
        return input == Input.BROKEN && broken == Reason.RESET;
    }

    // What the lane tells.

    void arrive(byte[] payload) {
        if (payload.length > 0) {
            arrived.add(payload);
            readable += payload.length;
        }
        if (reader == Reader.GONE || input == Input.BROKEN) {
            discard();
        }
    }

    void end() {
        input = input == Input.OPEN ? Input.ENDED : input;
    }

    /** Nothing more will come. What has come stays readable unless the peer wanted it dropped. */
    void breakOff(Reason why) {
        if (why == Reason.RESET) {
            discard();
        }
        if (input == Input.OPEN || why == Reason.RESET) {
            input = Input.BROKEN;
            broken = why;
        }
        output = Output.FINISHED;
    }

    private void discard() {
        lane.release(arrived.size());
        arrived.clear();
        offset = 0;
        readable = 0;
    }
}
