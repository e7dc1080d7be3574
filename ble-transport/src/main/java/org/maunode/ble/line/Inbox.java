package org.maunode.ble.line;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.maunode.ble.gatt.LinkListener;

/**
 * Frames between the wire's thread and the carrier's: a short queue; what finds no place is lost. Thread-safe.
 *
 * <p>A full frame tells that more will follow, and can wait for it a little: one turn for many frames. A frame that is not full ends
 * what the other side had to say, and cannot.
 */
final class Inbox implements LinkListener {
    private final ArrayDeque<byte[]> frames = new ArrayDeque<>();
    private Runnable news = () -> {};
    private Runnable more = () -> {};
    private int longest = Bounds.LEAST_FULL;
    private Optional<String> lost = Optional.empty();
    private long overflowed;

    /**
     * Who is told, from now on, that there is something; told at once of what is there already.
     *
     * @param soon told instead of what can wait for {@link Bounds#COMPANY_LIMIT}
     */
    void tell(Runnable whom, Runnable soon) {
        synchronized (this) {
            news = whom;
            more = soon;
        }
        whom.run();
    }

    @Override
    public void received(byte[] frame) {
        keep(frame).run();
    }

    @Override
    public void lost(String why) {
        note(why).run();
    }

    private synchronized Runnable keep(byte[] frame) {
        if (frames.size() < Bounds.FRAMES_WAITING && frame.length <= Bounds.LONGEST_VALUE) {
            frames.add(frame);
            longest = Math.max(longest, frame.length);
        } else {
            overflowed++;
        }
        boolean full = frame.length >= longest;
        return full && frames.size() < Bounds.framesTogether(longest) ? more : news;
    }

    private synchronized Runnable note(String why) {
        lost = lost.or(() -> Optional.of(why));
        return news;
    }

    /** Takes the oldest frames, so many at most. */
    synchronized List<byte[]> take(int most) {
        List<byte[]> taken = new ArrayList<>(Math.min(most, frames.size()));
        while (taken.size() < most && !frames.isEmpty()) {
            taken.add(frames.remove());
        }
        return taken;
    }

    synchronized boolean isEmpty() {
        return frames.isEmpty();
    }

    /** Why the link is gone, once it is and every frame has been taken. */
    synchronized Optional<String> lost() {
        return frames.isEmpty() ? lost : Optional.empty();
    }

    /** Frames that found no place. */
    synchronized long overflowed() {
        return overflowed;
    }
}
