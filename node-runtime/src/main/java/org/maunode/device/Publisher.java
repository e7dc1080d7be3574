package org.maunode.device;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.Channel;
import org.maunode.device.profile.ChannelName;
import org.maunode.device.profile.Profile;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.Observed;
import org.maunode.device.sampling.Quality;
import org.maunode.device.vocabulary.NodeDescription;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.device.wire.BoardIdentity;
import org.maunode.device.wire.Wires;
import org.maunode.identity.FileName;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Retention;
import org.maunode.store.StoreException;

/**
 * Publishes what a device measures: a description of the node when it changes, and for each sensor the latest reading when
 * it moved beyond its dead band.
 *
 * <p>Threads: {@code mau-publisher}, which signs, writes, and reads every sensor that answers at once; those that take time
 * are read on threads of their own ({@link Lane}).
 */
public final class Publisher implements AutoCloseable {
    /** Old readings that are kept: enough for a curve, little enough for a card (docs/footprint.md). */
    public static final Retention RETENTION = new Retention.Staggered(100);

    /** A line that flutters is heard so often. */
    private static final Duration BETWEEN_EDGES = Duration.ofMillis(250);

    private static final Duration UNTIL_DESCRIBED_AGAIN = Duration.ofMinutes(1);

    /** A slow card takes so long for the hours of all channels. */
    private static final int STOP_SECONDS = 5;

    private static final Logger LOG = Logger.getLogger("org.maunode.device");
    private static final FileName NODE_FILE = FileName.published(NodeId.DOCUMENT);

    private final NodeId node;
    private final Profile profile;
    private final Wires wires;
    private final String runtimeVersion;
    private final InstantSource clock;
    private final SignedDocuments documents;
    private final Batches batches;
    private final Lanes lanes = new Lanes();
    private final ScheduledThreadPoolExecutor executor;
    private final List<Sensor> sensors;
    private volatile List<SensorChannel> present;
    private volatile long heardAt = System.nanoTime() - BETWEEN_EDGES.toNanos();
    private Optional<ScheduledFuture<?>> nextTurn = Optional.empty();

    /**
     * @param wires the machine's
     * @param good the quality of what is measured there: {@code OK}, or {@code SIMULATED}
     * @param readers who may read what the profile leaves open
     * @param policy how often readings are written
     * @param runtimeVersion of this software, for the description
     */
    public Publisher(
            Account account,
            ContentStore store,
            Profile profile,
            Wires wires,
            Quality good,
            Readers readers,
            WritePolicy policy,
            String runtimeVersion,
            InstantSource clock) {
        this.profile = Objects.requireNonNull(profile);
        this.wires = Objects.requireNonNull(wires);
        this.runtimeVersion = Objects.requireNonNull(runtimeVersion);
        this.clock = Objects.requireNonNull(clock);
        this.documents = new SignedDocuments(account, store, readers, clock);
        String fingerprint = account.fingerprint().toString();
        this.node = new NodeId(
                "/p2p/" + fingerprint,
                fingerprint,
                account.identity().publicIdentity().name());
        this.executor = executor();
        ReadingFile.Place place = new ReadingFile.Place(node, documents, RETENTION, policy);
        this.batches = place.batches();
        Sensor.Surroundings around = new Sensor.Surroundings(wires, lanes, clock, this::later, this::told);
        this.sensors = profile.sensors().stream()
                .map(channel -> new Sensor(new SensorFeed(channel, good, place), around))
                .toList();
        this.present = whoIsThere();
    }

    private static ScheduledThreadPoolExecutor executor() {
        ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(
                1,
                task -> Thread.ofPlatform().name("mau-publisher").unstarted(task),
                new ThreadPoolExecutor.DiscardPolicy());
        made.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        made.setRemoveOnCancelPolicy(true);
        return made;
    }

    /** The sensors that this machine has now. For any thread. */
    public List<SensorChannel> sensors() {
        return present;
    }

    /** What is known of a sensor now, though it may be no news; empty before it was first read. For any thread. */
    public Optional<Observed> latest(ChannelName sensor) {
        return sensors.stream()
                .map(Sensor::feed)
                .filter(feed -> feed.channel().name().equals(sensor))
                .findFirst()
                .flatMap(SensorFeed::latest);
    }

    /** Begins to publish, with the description and one reading of everything. */
    public void start() {
        executor.execute(this::describe);
        executor.execute(this::disown);
        executor.execute(this::turn);
        executor.execute(this::closeOpenHours);
    }

    /** Behind the first turn, which takes up the hour that goes on. */
    private void closeOpenHours() {
        batches.clear(sensors.stream()
                .map(Sensor::channel)
                .filter(channel -> !(documents.readersOf(channel) instanceof Readers.Everyone))
                .toList());
    }

    private void disown() {
        sensors.forEach(sensor -> attempt(sensor.channel().name(), () -> sensor.disownIfAbsent(clock.instant())));
    }

    /** Everything that is due about now, in one go: a board at rest wakes up once for all of it. */
    private void turn() {
        Instant now = clock.instant();
        sensors.forEach(sensor -> attempt(sensor.channel().name(), () -> sensor.turn(now)));
        List<SensorChannel> there = whoIsThere();
        if (!present.equals(there)) {
            present = there;
            describe();
        }
        batches.writeDue(now);
        plan();
    }

    private List<SensorChannel> whoIsThere() {
        return sensors.stream().filter(Sensor::isPresent).map(Sensor::channel).toList();
    }

    private void plan() {
        nextTurn.ifPresent(planned -> planned.cancel(false));
        Instant now = clock.instant();
        nextTurn = Stream.concat(sensors.stream().map(sensor -> sensor.untilDue(now)), Stream.of(batches.untilDue(now)))
                .min(Duration::compareTo)
                .map(wait -> executor.schedule(this::turn, millis(wait), TimeUnit.MILLISECONDS));
    }

    /** Rounded up: a channel that is due in half a millisecond is not due yet. */
    private static long millis(Duration wait) {
        return wait.plusNanos(999_999).toMillis();
    }

    /** For any thread: an answer, or that there will be none. */
    private void later(ChannelName whose, Runnable work) {
        executor.execute(() -> {
            attempt(whose, work);
            plan();
        });
    }

    /** On a thread of a wire. The first edge is heard at once, and those that follow in a moment. */
    private void told(Sensor sensor) {
        long wait = heardAt + BETWEEN_EDGES.toNanos() - System.nanoTime();
        executor.schedule(() -> hear(sensor), Math.max(0, wait), TimeUnit.NANOSECONDS);
    }

    private void hear(Sensor sensor) {
        heardAt = System.nanoTime();
        attempt(sensor.channel().name(), sensor::hear);
        plan();
    }

    private void describe() {
        try {
            String json = new NodeDescription(
                            node,
                            profile,
                            new BoardIdentity(wires.kernel()),
                            runtimeVersion,
                            List.of("https"),
                            described())
                    .toJson();
            if (!documents.isPublished(NODE_FILE, json)) {
                documents.publishNext(NODE_FILE, json, documents.readers(), RETENTION);
            }
        } catch (StoreException | OpenPgpException failed) {
            LOG.log(Level.WARNING, "the node''s description is not published: {0}", failed.getMessage());
            executor.schedule(this::describe, UNTIL_DESCRIBED_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /**
     * What all readers of the description may read: that there is a channel which a stranger may not read is none of the
     * stranger's business. An actuator that does not answer now may be commanded all the same.
     */
    private List<Channel> described() {
        List<SensorChannel> there = present;
        return profile.channels().stream()
                .filter(documents::isForAll)
                .filter(channel -> switch (channel) {
                    case SensorChannel sensor -> there.contains(sensor);
                    case ActuatorChannel _ -> true;
                })
                .toList();
    }

    /** One channel's defect never stops another's readings. */
    private static void attempt(ChannelName whose, Runnable work) {
        try {
            work.run();
        } catch (StoreException | OpenPgpException failed) {
            LOG.log(Level.WARNING, "{0}: {1}", new Object[] {whose, failed.getMessage()});
        } catch (RuntimeException defect) {
            LOG.log(Level.SEVERE, whose + " met a defect", defect);
        }
    }

    /** Stops after the write that is under way, and writes the hours that go on. */
    @Override
    public void close() {
        executor.execute(() -> batches.writeAll(clock.instant()));
        executor.shutdown();
        try {
            executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        lanes.close();
    }
}
