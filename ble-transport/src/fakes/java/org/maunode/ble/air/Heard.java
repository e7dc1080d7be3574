package org.maunode.ble.air;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.maunode.ble.gatt.LinkListener;

/** Keeps what a link brings, for whoever waits for it. */
public final class Heard implements LinkListener {
    private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> losses = new LinkedBlockingQueue<>();

    @Override
    public void received(byte[] frame) {
        frames.add(frame);
    }

    @Override
    public void lost(String why) {
        losses.add(why);
    }

    /**
     * The next frame.
     *
     * @throws AssertionError if none comes in time
     */
    public byte[] frame(Duration patience) throws InterruptedException {
        return next(frames, patience, "frame");
    }

    /**
     * Why the link was lost.
     *
     * @throws AssertionError if it is not in time
     */
    public String loss(Duration patience) throws InterruptedException {
        return next(losses, patience, "loss");
    }

    /** Losses that nobody has asked for yet. */
    public int furtherLosses() {
        return losses.size();
    }

    static <T> T next(BlockingQueue<T> queue, Duration patience, String what) throws InterruptedException {
        T next = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("no " + what + " within " + patience.toMillis() + " ms");
        }
        return next;
    }
}
