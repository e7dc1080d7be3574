package org.maunode.device;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.ParseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.maunode.device.profile.Channel;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.openpgp.Sealer;
import org.maunode.openpgp.Sealer.OutgoingMessage;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Position;
import org.maunode.store.Retention;
import org.maunode.store.StoreException;
import org.maunode.store.StoredFile;

/** The JSON documents that a node has published, and how it publishes the next one. Not safe for several threads. */
public final class SignedDocuments {
    private static final Logger LOG = Logger.getLogger("org.maunode.device");
    /** No document of a node is larger; a larger file under its name is somebody else's. */
    static final int MAX_BYTES = 256 * 1024;

    private static final int AT_ONCE = 128;

    private final Account account;
    private final ContentStore store;
    private final Readers readers;
    private final InstantSource clock;
    private final Sealer sealer;
    private final Opener opener;
    /** Of the documents that {@link #publishNext} writes, so as many as the profile has channels, and the description. */
    private final Set<FileName> closed = new HashSet<>();

    private Set<Fingerprint> leftOut = Set.of();

    /** @param readers of a document that is published for nobody in particular */
    public SignedDocuments(Account account, ContentStore store, Readers readers, InstantSource clock) {
        this.account = Objects.requireNonNull(account);
        this.store = Objects.requireNonNull(store);
        this.readers = Objects.requireNonNull(readers);
        this.clock = Objects.requireNonNull(clock);
        this.sealer = new Sealer(account.identity());
        this.opener = new Opener(account.identity());
    }

    /** Who may read what is published for nobody in particular. */
    Readers readers() {
        return readers;
    }

    /** Who may read what a channel publishes; what its profile leaves open, the node says. */
    public Readers readersOf(Channel channel) {
        return Readers.of(channel, readers);
    }

    /** Whether everybody who reads what this node publishes for nobody in particular may read this channel too. */
    boolean isForAll(Channel channel) {
        Readers its = readersOf(channel);
        return its instanceof Readers.Everyone || its.equals(readers);
    }

    /**
     * Signs a document for these readers, and writes it.
     *
     * @throws StoreException if it cannot be written; what was there still is
     */
    public void publish(FileName name, String json, Readers audience, Retention retention) {
        store.publish(name, message(name, json, audience), retention);
    }

    /**
     * The same for a document that is written again and again under one name. Where it is sealed from now on, what was open
     * before goes: its old versions are deleted.
     */
    public void publishNext(FileName name, String json, Readers audience, Retention retention) {
        publishNext(name, json, audience, retention, Duration.ZERO);
    }

    /**
     * The same for one that readers see at once, and that is written at most once in {@code every}
     * ({@link ContentStore#publishLive}).
     */
    void publishNext(FileName name, String json, Readers audience, Retention retention, Duration every) {
        boolean sealed = !(audience instanceof Readers.Everyone);
        if (sealed && !closed.contains(name) && hasOpenVersions(name)) {
            publish(name, json, audience, new Retention.KeepLast(0));
        } else {
            store.publishLive(name, message(name, json, audience), retention, every);
        }
        if (sealed) {
            closed.add(name);
        } else {
            closed.remove(name);
        }
    }

    /** Whether others may have seen more under {@code name} than is here ({@link ContentStore#mayBeBehind}). */
    boolean mayBeBehind(FileName name) {
        return store.mayBeBehind(name);
    }

    /** Deletes a document with its old versions; nothing if there is none. */
    void delete(FileName name) {
        store.delete(name);
    }

    /** Visits this node's files, in the order in which they came. */
    void forEachFile(Consumer<StoredFile> visitor) {
        Position place = Position.START;
        for (List<StoredFile> some = list(place); !some.isEmpty(); some = list(place)) {
            some.forEach(visitor);
            place = Position.after(some.getLast());
        }
    }

    private List<StoredFile> list(Position after) {
        return store.list(account.fingerprint(), after, AT_ONCE);
    }

    /** Asked once a run and name, since power may have failed between the new file and the end of the old ones. */
    private boolean hasOpenVersions(FileName name) {
        Fingerprint self = account.fingerprint();
        return Stream.concat(store.find(self, name).stream(), store.versions(self, name).stream())
                .anyMatch(file -> !file.envelope().sealed());
    }

    private OutgoingMessage message(FileName name, String json, Readers audience) {
        byte[] content = json.getBytes(StandardCharsets.UTF_8);
        Instant now = clock.instant();
        Instant signedAt = store.signingTime(name, now);
        return switch (audience) {
            case Readers.Everyone _ -> sealer.sign(() -> new ByteArrayInputStream(content), signedAt);
            case Readers.Group group ->
                sealer.seal(() -> new ByteArrayInputStream(content), members(group, now), signedAt, now);
            case Readers.One(PublicIdentity reader) ->
                sealer.seal(
                        () -> new ByteArrayInputStream(content),
                        reader.canReceiveAt(now) ? List.of(reader) : List.of(),
                        signedAt,
                        now);
        };
    }

    /** One whose key expired, perhaps by a clock that is wrong, keeps nothing from the others. */
    private List<PublicIdentity> members(Readers.Group group, Instant now) {
        List<PublicIdentity> members = group.members(account.keyring());
        Set<Fingerprint> expired = members.stream()
                .filter(member -> !member.canReceiveAt(now))
                .map(PublicIdentity::fingerprint)
                .collect(Collectors.toSet());
        if (!expired.equals(leftOut)) {
            leftOut = expired;
            LOG.log(
                    expired.isEmpty() ? Level.INFO : Level.WARNING,
                    "keys in the group {0} that have expired at {1}: {2}",
                    new Object[] {group.name(), now, expired});
        }
        return members.stream()
                .filter(member -> !expired.contains(member.fingerprint()))
                .toList();
    }

    /** Whether {@code name} holds just this document, for just the readers of today. */
    boolean isPublished(FileName name, String json) {
        Optional<StoredFile> file = store.find(account.fingerprint(), name);
        return file.isPresent()
                && file.get().envelope().equals(message(name, json, readers).envelope())
                && text(file.get()).equals(Optional.of(json));
    }

    /**
     * The document under {@code name}, if it is one of this node's own.
     *
     * @throws StoreException if the disk does not give it: that it cannot be read now does not mean that it was never there
     */
    public Optional<JsonObject> find(FileName name) {
        try {
            return store.find(account.fingerprint(), name).flatMap(this::text).map(text -> Json.parse(text)
                    .asObject());
        } catch (ParseException | UnsupportedOperationException notJson) {
            LOG.log(Level.WARNING, "{0} is no document of this node: {1}", new Object[] {name, notJson.getMessage()});
            return Optional.empty();
        }
    }

    /** The content of the document under {@code name}, as {@link #find} has it. */
    Optional<byte[]> content(FileName name) {
        return store.find(account.fingerprint(), name).flatMap(this::content);
    }

    private Optional<String> text(StoredFile file) {
        return content(file).map(content -> new String(content, StandardCharsets.UTF_8));
    }

    private Optional<byte[]> content(StoredFile file) {
        if (file.size() > MAX_BYTES) {
            return Optional.empty();
        }
        try (InputStream message = file.open()) {
            return Optional.of(
                    opener.open(message.readAllBytes(), account.identity().publicIdentity(), MAX_BYTES));
        } catch (OpenPgpException notOurs) {
            LOG.log(Level.WARNING, "{0} is not this node's: {1}", new Object[] {file.name(), notOurs.getMessage()});
            return Optional.empty();
        } catch (IOException failed) {
            throw StoreException.of("read " + file.name(), file.path(), failed);
        }
    }
}
