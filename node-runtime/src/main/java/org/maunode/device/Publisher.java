package org.maunode.device;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.device.driver.Drivers;
import org.maunode.device.driver.Opened;
import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.Channel;
import org.maunode.device.profile.Profile;
import org.maunode.device.profile.SensorChannel;
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
 * <p>Threads: one, {@code mau-publisher}, which alone touches the sensors. A write that fails is tried again with the
 * channel's next sample.
 */
public final class Publisher implements AutoCloseable {
    /** Old readings that are kept: enough for a curve, little enough for a card (docs/footprint.md). */
    public static final Retention RETENTION = new Retention.Staggered(100);

    /** Sensors that are due within this are read in one go: a board at rest wakes up once for all of them. */
    private static final Duration TOGETHER = Duration.ofMillis(250);

    private static final Logger LOG = Logger.getLogger("org.maunode.device");
    private static final FileName NODE_FILE = FileName.published(NodeId.DOCUMENT);

    private final NodeId node;
    private final Profile profile;
    private final Wires wires;
    private final String runtimeVersion;
    private final InstantSource clock;
    private final SignedDocuments documents;
    private final List<SensorFeed> feeds = new ArrayList<>();
    private final ScheduledThreadPoolExecutor executor;

    /**
     * @param wires the machine's
     * @param runtimeVersion of this software, for the description
     */
    public Publisher(
            Account account,
            ContentStore store,
            Profile profile,
            Wires wires,
            Readers readers,
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
        this.executor = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().name("mau-publisher").unstarted(task));
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        profile.sensors().forEach(this::open);
    }

    private void open(SensorChannel sensor) {
        switch (Drivers.open(sensor, wires)) {
            case Opened.Ready(var driver) -> feeds.add(new SensorFeed(node, sensor, driver, documents, RETENTION));
            case Opened.Absent(var why) -> LOG.log(Level.INFO, "{0}: {1}", new Object[] {sensor.name(), why});
        }
    }

    /** The sensors that this machine has. */
    public List<SensorChannel> sensors() {
        return feeds.stream().map(SensorFeed::channel).toList();
    }

    /** An actuator that does not answer now may be commanded all the same. */
    private List<Channel> described() {
        List<SensorChannel> sensors = sensors();
        return profile.channels().stream()
                .filter(channel -> switch (channel) {
                    case SensorChannel sensor -> sensors.contains(sensor);
                    case ActuatorChannel _ -> true;
                })
                .toList();
    }

    /** Begins to publish, with the description and one reading of everything. */
    public void start() {
        executor.execute(this::describe);
        executor.execute(this::sampleWhatIsDue);
    }

    private void describe() {
        attempt("node", () -> {
            String json = new NodeDescription(
                            node,
                            profile,
                            new BoardIdentity(wires.kernel()),
                            runtimeVersion,
                            List.of("https"),
                            described())
                    .toJson();
            if (!documents.isPublished(NODE_FILE, json)) {
                documents.publish(NODE_FILE, json, RETENTION);
            }
        });
    }

    private void sampleWhatIsDue() {
        for (SensorFeed feed : feeds) {
            Instant now = clock.instant();
            if (feed.untilDue(now).compareTo(TOGETHER) <= 0) {
                attempt(feed.channel().name().value(), () -> feed.sample(now));
            }
        }
        Instant now = clock.instant();
        feeds.stream()
                .map(feed -> feed.untilDue(now))
                .min(Duration::compareTo)
                .ifPresent(wait -> executor.schedule(this::sampleWhatIsDue, millis(wait), TimeUnit.MILLISECONDS));
    }

    /** Rounded up: a channel that is due in half a millisecond is not due yet. */
    private static long millis(Duration wait) {
        return wait.plusNanos(999_999).toMillis();
    }

    /** One channel's failure never stops another's readings. */
    private void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (StoreException | OpenPgpException failed) {
            LOG.log(Level.WARNING, "{0} is not published: {1}", new Object[] {what, failed.getMessage()});
        } catch (RuntimeException defect) {
            LOG.log(Level.SEVERE, what + " met a defect", defect);
        }
    }

    /** Stops, after the write that is under way. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            executor.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
