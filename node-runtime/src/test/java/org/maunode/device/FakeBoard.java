package org.maunode.device;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.maunode.device.wire.GpioLines;
import org.maunode.device.wire.I2cBus;
import org.maunode.device.wire.KernelFiles;
import org.maunode.device.wire.Programs;
import org.maunode.device.wire.WireException;
import org.maunode.device.wire.Wires;

/** A board in memory: kernel files that come and go, lines that tell of edges, and one program, which may get stuck. */
final class FakeBoard implements KernelFiles, GpioLines, Programs {
    private final Map<String, String> files = new TreeMap<>();
    private final Map<Integer, Boolean> levels = new HashMap<>();
    private final Map<Integer, Runnable> watched = new HashMap<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private Duration delay = Duration.ZERO;
    private boolean isUnplugged;
    private volatile Optional<CountDownLatch> stuck = Optional.empty();
    private volatile String answer = "1";

    Wires wires() {
        return new Wires(this, () -> 1, this, I2cBus.none(), this);
    }

    synchronized FakeBoard put(String path, String text) {
        files.put(path, text);
        return this;
    }

    synchronized FakeBoard remove(String path) {
        files.keySet().removeIf(each -> each.startsWith(path));
        return this;
    }

    /** From now on a file takes so long to be read. */
    synchronized void delay(Duration time) {
        delay = time;
    }

    @Override
    public String text(String path) {
        Duration wait;
        String text;
        synchronized (this) {
            wait = delay;
            text = files.get(path);
        }
        if (text == null) {
            throw new WireException(WireException.Reason.VANISHED, path + " is not there");
        }
        await(new CountDownLatch(1), wait);
        return text;
    }

    @Override
    public synchronized List<String> children(String path) {
        TreeSet<String> names = new TreeSet<>();
        files.keySet().stream()
                .filter(each -> each.startsWith(path))
                .forEach(each -> names.add(each.substring(path.length()).split("/")[0]));
        return List.copyOf(names);
    }

    @Override
    public void set(String path, String text) {
        throw new WireException(WireException.Reason.VANISHED, path + " is not there");
    }

    @Override
    public synchronized boolean exists(String path) {
        return files.containsKey(path);
    }

    @Override
    public Input input(String chip, int offset, Bias bias, Duration debounce, Runnable edge) {
        if (isUnplugged) {
            throw new WireException(WireException.Reason.VANISHED, "no " + chip);
        }
        watched.put(offset, edge);
        return new Input() {
            @Override
            public boolean isHigh() {
                if (isUnplugged) {
                    throw new WireException(WireException.Reason.VANISHED, "no " + chip);
                }
                return levels.getOrDefault(offset, false);
            }

            @Override
            public void close() {
                watched.remove(offset);
            }
        };
    }

    @Override
    public Output output(String chip, int offset, boolean high) {
        throw new WireException(WireException.Reason.VANISHED, "no outputs here");
    }

    /** An edge, on the caller's thread. */
    void level(int offset, boolean high) {
        levels.put(offset, high);
        watched.getOrDefault(offset, () -> {}).run();
    }

    /** The chip goes, and the kernel ends what waits for its edges. */
    void unplug() {
        isUnplugged = true;
        List.copyOf(watched.values()).forEach(Runnable::run);
    }

    void plugIn() {
        isUnplugged = false;
    }

    void answers(String text) {
        answer = text;
    }

    /** The program answers no more, and cannot be killed, until {@link #release}. */
    void getStuck() {
        stuck = Optional.of(new CountDownLatch(1));
    }

    void release() {
        stuck.ifPresent(CountDownLatch::countDown);
        stuck = Optional.empty();
    }

    @Override
    public String run(String program, List<String> arguments, Duration timeout) {
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            stuck.ifPresent(latch -> await(latch, Duration.ofSeconds(60)));
            return answer;
        } finally {
            running.decrementAndGet();
        }
    }

    /** How many programs ran at one time. */
    int mostRunning() {
        return mostRunning.get();
    }

    private static void await(CountDownLatch latch, Duration time) {
        boolean interrupted = false;
        long end = System.nanoTime() + time.toNanos();
        while (latch.getCount() > 0 && System.nanoTime() < end) {
            try {
                latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException stubborn) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        release();
    }
}
