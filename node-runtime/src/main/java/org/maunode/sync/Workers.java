package org.maunode.sync;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of a running syncer: up to {@value #THREADS}, named {@code mau-sync-N}, of which {@value #DIALLING} may dial;
 * each ends when it had nothing to do for some seconds. Thread-safe.
 */
final class Workers implements Scheduler {
    static final int THREADS = 4;
    static final int DIALLING = 3;

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ThreadPoolExecutor pool;
    private final AlarmClock alarms = new AlarmClock();
    private final PriorityQueue<Dial> dials =
            new PriorityQueue<>(Comparator.comparingInt(Dial::rank).thenComparingLong(Dial::number));
    private int dialling;
    private long numbers;

    private record Dial(int rank, long number, Runnable task) {}

    Workers() {
        this(IDLE);
    }

    Workers(Duration idle) {
        pool = pool(idle);
    }

    private static ThreadPoolExecutor pool(Duration idle) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                idle.toNanos(),
                TimeUnit.NANOSECONDS,
                new LinkedBlockingQueue<>(),
                task -> Thread.ofPlatform()
                        .name("mau-sync-" + number.incrementAndGet())
                        .unstarted(task),
                new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void run(Runnable task) {
        pool.execute(task);
    }

    @Override
    public synchronized void dial(int rank, Runnable task) {
        dials.add(new Dial(rank, numbers++, task));
        dialNext();
    }

    private synchronized void dialNext() {
        if (dialling < DIALLING && !dials.isEmpty()) {
            dialling++;
            Runnable task = dials.remove().task();
            pool.execute(() -> dial(task));
        }
    }

    private void dial(Runnable task) {
        try {
            task.run();
        } finally {
            dialled();
        }
    }

    private synchronized void dialled() {
        dialling--;
        dialNext();
    }

    @Override
    public Alarm after(Duration wait, Runnable task) {
        return alarms.after(wait, task);
    }

    /** Threads that are there, for tests. */
    int threads() {
        return pool.getPoolSize();
    }

    @Override
    public void close() {
        pool.shutdownNow();
        alarms.close();
        try {
            pool.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
