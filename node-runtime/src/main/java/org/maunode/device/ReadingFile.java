package org.maunode.device;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.time.Instant;
import java.util.Objects;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.Observed;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.device.vocabulary.Reading;
import org.maunode.identity.FileName;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.store.Retention;
import org.maunode.store.StoreException;

/** The file of a channel's latest reading, which numbers them. Not safe for several threads. */
final class ReadingFile {
    private static final String SEQUENCE = "mau:sequence";

    private final Place place;
    private final SensorChannel channel;
    private final FileName name;
    private final Sequence sequence;

    /**
     * Where the readings of all channels go.
     *
     * @param retention which old versions are kept of what was written
     */
    record Place(NodeId node, SignedDocuments documents, Retention retention, WritePolicy policy, Batches batches) {
        Place(NodeId node, SignedDocuments documents, Retention retention, WritePolicy policy) {
            this(node, documents, retention, policy, new Batches(node, documents, policy));
        }
    }

    ReadingFile(Place place, SensorChannel channel) {
        this.place = Objects.requireNonNull(place);
        this.channel = Objects.requireNonNull(channel);
        this.name = FileName.published(NodeId.documentOf(channel.name()));
        this.sequence = new Sequence(this::reached);
    }

    /** The file itself remembers: what others saw last is what must not be gone behind, also after a power cut. */
    private long reached() {
        SignedDocuments documents = place.documents();
        long onDisk = documents.find(name).map(ReadingFile::sequenceOf).orElse(0L);
        return Sequence.reached(onDisk, documents.mayBeBehind(name));
    }

    private static long sequenceOf(JsonObject reading) {
        JsonValue sequence = reading.get(SEQUENCE);
        try {
            return sequence == null ? 0 : Math.max(0, sequence.asLong());
        } catch (NumberFormatException | UnsupportedOperationException notACount) {
            return 0;
        }
    }

    /** Whether something is published under the channel's name, also by an earlier run. */
    boolean exists() {
        return place.documents().find(name).isPresent();
    }

    /**
     * Shows a reading, writes it when the policy has it so, and adds it to its hour.
     *
     * @return its number
     * @throws StoreException if it had to be written and could not be; nobody saw it
     * @throws OpenPgpException if it cannot be signed or sealed
     */
    long publish(Observed observed, String technique, Instant now) {
        long number = sequence.next();
        String json = new Reading(place.node(), observed, technique, number).toJson();
        SignedDocuments documents = place.documents();
        documents.publishNext(
                name,
                json,
                documents.readersOf(channel),
                place.retention(),
                sequence.unwritten(place.policy().every()));
        sequence.used();
        place.batches().add(channel, observed, number, now);
        return number;
    }
}
