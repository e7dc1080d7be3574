package org.maunode.control;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.Set;
import java.util.function.Consumer;
import org.maunode.identity.Fingerprint;

/**
 * Whoever answers for a node. Called on several threads at once, which may be interrupted; may block. What the answers
 * hold is in docs/spec/control.md.
 */
public interface Desk {
    /** How the node is (CS-30); answers at once. */
    JsonObject status();

    /** Whom the node knows (CS-31, {@link PeerTable}); answers at once. */
    JsonArray peers();

    /**
     * Looks for a peer (CS-32, {@link Inquiry#find}).
     *
     * @param progress takes what happens meanwhile; throws if nobody listens any more
     */
    JsonObject find(Fingerprint peer, Consumer<JsonObject> progress);

    /** Connects to a peer (CS-33, {@link Inquiry#ping}). */
    JsonObject ping(Fingerprint peer);

    /**
     * Syncs now, and waits until it is done (CS-34, {@link SyncAnswer}).
     *
     * @param peers with whom; all who are followed if empty
     */
    JsonArray sync(Set<Fingerprint> peers);
}
