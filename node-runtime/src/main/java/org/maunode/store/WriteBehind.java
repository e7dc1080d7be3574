package org.maunode.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.identity.FileName;
import org.maunode.store.LiveFiles.Live;

/**
 * Shows files of the account before they are written, and writes each of them some time later. What is shown is never further
 * ahead of the disk than the {@link LiveMark} says, so that after a power cut the next process can leap over it: a file that
 * would be is written at once, as are all that did not change lately.
 *
 * <p>The one thread, {@value #THREAD}, starts with the first file and waits until the next is due. Thread-safe.
 */
final class WriteBehind implements AutoCloseable {
    static final String THREAD = "mau-store-write";

    /** A file whose writes are further apart would be further ahead than a mark can say. */
    static final Duration SLOWEST = Duration.ofMinutes(4);

    private static final Logger LOG = Logger.getLogger("org.maunode.store");

    /** Files that are open at once. */
    private static final int TOGETHER = 32;

    /** What a write that is under way may take when all ends. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** A signature may be a second ahead of the clock, since they are a second apart. */
    private static final long SECONDS_AHEAD = 2;

    private final Writing writing;
    private final LiveMark mark;
    private final Clocks clocks;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private Optional<OwnerDirectory> prepared = Optional.empty();
    private Optional<Thread> thread = Optional.empty();
    private volatile boolean closed;

    WriteBehind(Writing writing, LiveMark mark, Clocks clocks) {
        this.writing = writing;
        this.mark = mark;
        this.clocks = clocks;
    }

    /** A whole message that is to be shown. */
    record Shown(FileName name, Unwritten content, Facts facts, Retention retention, Duration every) {
        /**
         * How far it may be ahead of the disk, in time: what is there was shown up to {@code every} before it was written, and
         * this is up to {@code every} after that. A quarter more is for writes that are late.
         */
        Duration lead() {
            return every.multipliedBy(9).dividedBy(4).plusSeconds(1);
        }

        private Stamp stamp(Instant time) {
            return new Stamp(0, content.size(), Nanos.of(time), 0);
        }

        private Live at(Instant time, Stamp under) {
            return new Live(
                    new IndexRecord(name, stamp(time), false, Optional.of(facts)), content, under, retention, every);
        }
    }

    /** Before anything else is done with the account's own directory: leaps over what an earlier process showed. */
    void prepare(OwnerDirectory own) throws IOException {
        lock.lock();
        try {
            if (!prepared.equals(Optional.of(own))) {
                mark.behind(own.goOn(mark.before(), clocks.time().instant()));
                prepared = Optional.of(own);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Shows a file, if that can be without writing it; else nothing is done. To be done exclusively. */
    boolean show(OwnerDirectory own, Shown next) throws IOException {
        Optional<IndexRecord> disk = own.settle(next.name());
        if (disk.isEmpty()
                || next.every().isZero()
                || !isFit(next)
                || !own.live().hasTime(next.name(), next.every(), nanos())) {
            return false;
        }
        Instant time = own.nextTime();
        if (own.aheadOfDisk(time).compareTo(next.lead()) > 0
                || secondsAhead(disk.get(), next) > next.lead().toSeconds()) {
            return false;
        }
        mark.running(next.lead(), isAheadOfClock(time, next));
        own.show(next.at(time, disk.get().stamp()));
        return true;
    }

    private boolean isFit(Shown next) {
        return !closed && next.content().size() <= LiveFiles.MOST_BYTES;
    }

    private static long secondsAhead(IndexRecord disk, Shown next) {
        OptionalLong written = disk.facts().map(Facts::signedAt).orElse(OptionalLong.empty());
        return written.isPresent() ? next.facts().signedAt().getAsLong() - written.getAsLong() : Long.MAX_VALUE;
    }

    /** Then the clock alone does not tell the next process what was shown. */
    private boolean isAheadOfClock(Instant time, Shown next) {
        Instant now = clocks.time().instant();
        return time.isAfter(now) || next.facts().signedAt().getAsLong() > now.getEpochSecond() + SECONDS_AHEAD;
    }

    /** A file was written at once. */
    void written(OwnerDirectory own, FileName name) {
        own.live().written(name, nanos());
    }

    /** Something was shown: it is written in its time. */
    void later(OwnerDirectory own) {
        lock.lock();
        try {
            if (thread.isEmpty() && !closed) {
                thread = Optional.of(Thread.ofPlatform().daemon().name(THREAD).start(() -> run(own)));
            }
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run(OwnerDirectory own) {
        try {
            while (awaitDue(own)) {
                writeDue(own);
            }
        } catch (InterruptedException end) {
            LOG.log(Level.FINE, "writer-ended");
        }
    }

    /** {@code false} if all ends. */
    private boolean awaitDue(OwnerDirectory own) throws InterruptedException {
        lock.lock();
        try {
            OptionalLong wait = own.live().untilDue(nanos());
            while (!closed && (wait.isEmpty() || wait.getAsLong() > 0)) {
                if (wait.isEmpty()) {
                    news.await();
                } else {
                    news.await(wait.getAsLong(), TimeUnit.NANOSECONDS);
                }
                wait = own.live().untilDue(nanos());
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is due. */
    void writeDue(OwnerDirectory own) {
        writeAll(own, own.live().due(nanos()));
    }

    /** {@code true} if all of it is on the disk. */
    private synchronized boolean writeAll(OwnerDirectory own, List<Live> files) {
        boolean all = true;
        for (int from = 0; from < files.size(); from += TOGETHER) {
            all &= new WriteTogether(own, writing)
                    .write(files.subList(from, Math.min(files.size(), from + TOGETHER)), this::nanos);
        }
        return all;
    }

    private long nanos() {
        return clocks.nanoTime().getAsLong();
    }

    /** Writes all that was shown; if that fails, the mark stays, and the next process leaps. */
    @Override
    public void close() throws IOException {
        Optional<Thread> running = end();
        running.ifPresent(WriteBehind::joinQuietly);
        boolean all = running.filter(Thread::isAlive).isEmpty();
        Optional<OwnerDirectory> own = prepared;
        if (own.isPresent()) {
            all &= writeAll(own.get(), own.get().live().everything());
        }
        if (all) {
            mark.stopped();
        }
    }

    private Optional<Thread> end() {
        lock.lock();
        try {
            closed = true;
            news.signal();
            return thread;
        } finally {
            lock.unlock();
        }
    }

    private static void joinQuietly(Thread thread) {
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
