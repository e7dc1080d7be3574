package org.maunode.clock;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The time of a node: the system's, but never earlier than what is known to have been, and with a word on whether it is to
 * be relied on. It has no thread: the witnesses are looked at when the time is asked for, at most every ten seconds while
 * it is unsure. Thread-safe.
 */
public final class NodeClock implements InstantSource, AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.clock");

    private static final Duration LOOK = Duration.ofSeconds(10);

    /** What a power cut may take from the time that is kept. */
    static final Duration KEEP = Duration.ofHours(1);

    private final InstantSource system;
    private final LongSupplier nanoTime;
    private final Witnesses witnesses;
    private final KeptTime kept;
    private final Belief belief;
    private Optional<FileTime> lastSync = Optional.empty();
    private Trust trust;
    private long lookedAt;
    private long keptAt;

    NodeClock(Instant built, KeptTime kept, InstantSource system, LongSupplier nanoTime, Witnesses witnesses) {
        this.system = system;
        this.nanoTime = nanoTime;
        this.witnesses = witnesses;
        this.kept = kept;
        Instant now = system.instant();
        long nanos = nanoTime.getAsLong();
        this.belief = new Belief(built, kept.load(), now, nanos);
        this.keptAt = nanos;
        this.trust = begin(now, nanos);
    }

    /**
     * Starts with what the machine says, and says itself in the log if that is not to be relied on.
     *
     * @param file whose modification time is the time that is kept from one run to the next; its directory exists
     */
    public static NodeClock start(Path file) {
        return new NodeClock(
                BuildTime.ofThisProgram(),
                new KeptTime(file),
                InstantSource.system(),
                System::nanoTime,
                new Witnesses(Path.of("/")));
    }

    private Trust begin(Instant now, long nanos) {
        if (witnesses.hasBatteryClockAt(now)) {
            belief.confirmedByRtc(now, nanos);
        }
        lookForSync(now, nanos);
        Belief.Reading first = belief.read(now, nanos);
        if (first.trust() instanceof Trust.Unsure(var why)) {
            LOG.log(
                    Level.WARNING,
                    "the clock may be wrong: {0}; it is taken to be {1} until NTP or a signed file of a friend shows otherwise",
                    new Object[] {why.words(), seconds(first.time())});
        }
        return first.trust();
    }

    /** The time by the best knowledge of this node; see {@link #trust()}. */
    @Override
    public Instant instant() {
        return look().time();
    }

    /** Whether {@link #instant()} is to be relied on now. */
    public Trust trust() {
        return look().trust();
    }

    /**
     * Tells of a good signature by a friend. It shows at least that this time has been, unless the friend's clock is wrong:
     * it moves only a time that is unsure, and is forgotten at the end of this run.
     */
    public synchronized void heard(Instant signedAt) {
        if (belief.heard(signedAt, system.instant(), nanoTime.getAsLong())) {
            LOG.log(Level.INFO, "a friend signed a file at {0}: the time, which was unsure, is moved there", signedAt);
        }
        look();
    }

    /** Keeps the time for the next run. */
    @Override
    public synchronized void close() {
        look();
        keep(nanoTime.getAsLong());
    }

    private synchronized Belief.Reading look() {
        Instant now = system.instant();
        long nanos = nanoTime.getAsLong();
        if (belief.hasJumped(now, nanos) || !isSureByNtp() && nanos - lookedAt >= LOOK.toNanos()) {
            lookForSync(now, nanos);
        }
        Belief.Reading reading = belief.read(now, nanos);
        tell(reading, now);
        trust = reading.trust();
        if (nanos - keptAt >= KEEP.toNanos()) {
            keep(nanos);
        }
        return reading;
    }

    private boolean isSureByNtp() {
        return trust.equals(new Trust.Sure(Trust.Witness.NTP));
    }

    /** Only a synchronisation that is new says anything of the clock as it is now. */
    private void lookForSync(Instant now, long nanos) {
        lookedAt = nanos;
        Optional<FileTime> sync = witnesses.lastSync();
        if (sync.isPresent() && !sync.equals(lastSync)) {
            lastSync = sync;
            belief.synced(now, nanos);
        }
    }

    private void keep(long nanos) {
        keptAt = nanos;
        kept.save(belief.keepable(nanos));
    }

    private void tell(Belief.Reading reading, Instant system) {
        if (!reading.jump().isZero()) {
            LOG.log(
                    Level.WARNING,
                    "the system clock jumped {0}, to {1}; the time is taken to be {2}, {3}",
                    new Object[] {
                        words(reading.jump()),
                        seconds(system),
                        seconds(reading.time()),
                        reading.trust().words()
                    });
        } else if (reading.trust() instanceof Trust.Sure sure && !sure.equals(trust)) {
            LOG.log(Level.INFO, "the time is {0}: {1}", new Object[] {seconds(reading.time()), sure.words()});
        }
    }

    private static String words(Duration jump) {
        return jump.abs().truncatedTo(ChronoUnit.SECONDS) + (jump.isNegative() ? " back" : " ahead");
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
