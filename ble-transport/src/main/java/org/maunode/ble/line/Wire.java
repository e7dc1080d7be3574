package org.maunode.ble.line;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Link;

/** A link with a brake: few frames at once are in the hands of whoever sends them. */
final class Wire {
    private static final int REFILL = Bounds.FRAMES_OUTSTANDING / 2;

    /** Who is told when frames have been taken. */
    private enum Wants {
        ROOM,
        SILENCE
    }

    private final Link link;
    private final Inbox inbox;
    private final List<byte[]> said = new ArrayList<>(Bounds.FRAMES_OUTSTANDING);
    private final AtomicInteger outstanding = new AtomicInteger();
    /** Whether somebody waits for room: nobody else is woken when there is some. */
    private final AtomicBoolean awaited = new AtomicBoolean();

    private final Runnable whenTaken = this::taken;
    private volatile Runnable news = () -> {};
    private volatile Wants wants = Wants.ROOM;

    Wire(Link link, Inbox inbox) {
        this.link = link;
        this.inbox = inbox;
    }

    /**
     * Who is told, from now on, of frames, of room for frames, and of the end.
     *
     * @param soon told of frames that can wait for others
     */
    void tell(Runnable whom, Runnable soon) {
        news = whom;
        inbox.tell(whom, soon);
    }

    BluetoothAddress peer() {
        return link.peer();
    }

    int mtu() {
        return link.mtu();
    }

    Inbox inbox() {
        return inbox;
    }

    /** Whether the link is to be given another frame. */
    boolean isFree() {
        return outstanding.get() < Bounds.FRAMES_OUTSTANDING;
    }

    /** Whether it has taken all. */
    boolean isDone() {
        return outstanding.get() == 0;
    }

    /** Nothing much will follow: tells when the last frame has been taken. */
    void parting() {
        wants = Wants.SILENCE;
    }

    /** A new session begins on this link. */
    void again() {
        wants = Wants.ROOM;
    }

    /** The frame is as good as sent, and goes with the next {@link #hand}. */
    void send(byte[] frame) {
        outstanding.incrementAndGet();
        said.add(frame);
    }

    /** Hands over what was said in this turn, all at once: whoever sends it is woken for many, and wakes the next one for many. */
    void hand() {
        for (byte[] frame : said) {
            link.send(frame, whenTaken);
        }
        said.clear();
    }

    /** Tells once when there is room for a good many frames. */
    void awaitRoom() {
        awaited.set(true);
        tellOfRoom(outstanding.get());
    }

    private void taken() {
        int left = outstanding.decrementAndGet();
        if (wants == Wants.SILENCE && left == 0) {
            news.run();
        } else {
            tellOfRoom(left);
        }
    }

    private void tellOfRoom(int left) {
        if (left <= REFILL && awaited.compareAndSet(true, false)) {
            news.run();
        }
    }

    void close() {
        link.close();
    }
}
