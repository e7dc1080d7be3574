package org.maunode.device.command;

import com.eclipsesource.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.maunode.device.Readers;
import org.maunode.device.SignedDocuments;
import org.maunode.device.vocabulary.CommandId;
import org.maunode.device.vocabulary.CommandResult;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Position;
import org.maunode.store.Retention;
import org.maunode.store.StoreException;
import org.maunode.store.StoredFile;

/** The results that this node has published, each sealed for its commander. Confined to one thread. */
final class Results {
    /** Results that are kept: the newest. */
    static final int MOST = 500;

    /** How often the old ones are looked for: after so many new ones, and after the first. */
    private static final int SWEEP_EACH = 64;

    /** A result that another one replaced, since the command came again. */
    private static final Retention RETENTION = new Retention.KeepLast(1);

    private static final Pattern NAME = Pattern.compile("res-.{26}\\.json\\.pgp");
    private static final int BATCH = 128;
    private static final Logger LOG = Logger.getLogger("org.maunode.device");

    private final Account account;
    private final ContentStore store;
    private final SignedDocuments documents;
    private int published;

    Results(Account account, ContentStore store, SignedDocuments documents) {
        this.account = Objects.requireNonNull(account);
        this.store = Objects.requireNonNull(store);
        this.documents = Objects.requireNonNull(documents);
    }

    /** Whether this very file was answered. */
    boolean answers(CommandId id, String sha256) {
        Optional<JsonObject> result = documents.find(file(id));
        return result.filter(found -> found.getString("mau:commandSha256", "").equals(sha256))
                .isPresent();
    }

    private static FileName file(CommandId id) {
        return FileName.published(CommandId.resultOf(id.ulid()));
    }

    /**
     * Signs a result, and seals it for whoever gave the command.
     *
     * @throws StoreException if it cannot be written
     */
    void publish(CommandResult result) {
        CommandId id = result.about().id();
        documents.publish(file(id), result.toJson(), new Readers.One(commander(id)), RETENTION);
        if (published++ % SWEEP_EACH == 0) {
            sweep();
        }
    }

    /** Somebody who is no friend any more cannot be sealed for. */
    private PublicIdentity commander(CommandId id) {
        return account.keyring().find(Fingerprint.of(id.author())).orElseGet(() -> account.identity()
                .publicIdentity());
    }

    private void sweep() {
        try {
            Deque<FileName> kept = new ArrayDeque<>();
            Position place = Position.START;
            for (List<StoredFile> some = list(place); !some.isEmpty(); some = list(place)) {
                some.forEach(file -> keep(kept, file.name()));
                place = Position.after(some.getLast());
            }
        } catch (StoreException later) {
            LOG.log(Level.WARNING, "old results are not deleted: {0}", later.getMessage());
        }
    }

    private void keep(Deque<FileName> kept, FileName name) {
        if (NAME.matcher(name.value()).matches()) {
            kept.add(name);
        }
        if (kept.size() > MOST) {
            store.delete(kept.remove());
        }
    }

    private List<StoredFile> list(Position after) {
        return store.list(account.fingerprint(), after, BATCH);
    }
}
