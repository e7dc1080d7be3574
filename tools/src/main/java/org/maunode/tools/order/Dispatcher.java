package org.maunode.tools.order;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.maunode.device.vocabulary.Command;
import org.maunode.device.vocabulary.CommandId;
import org.maunode.device.vocabulary.Ulid;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.FileName;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.store.Position;
import org.maunode.store.Retention;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.FileWalk;
import org.maunode.tools.account.Session;

/** Writes a command into the account's directory, signed and sealed, and brings it to its node. One thread. */
public final class Dispatcher {
    /** Own commands that are kept: the newest. */
    static final int KEPT = 100;

    private final Session session;
    private final PublicIdentity node;

    public Dispatcher(Session session, PublicIdentity node) {
        this.session = Objects.requireNonNull(session);
        this.node = Objects.requireNonNull(node);
    }

    /**
     * A command that lies in the account's directory.
     *
     * @param expires after which the node does not obey it
     */
    public record Written(CommandId id, StoredFile file, Instant expires) {}

    /** Signs and seals it. */
    public Written write(Order order) {
        Instant now = session.shell().clock().instant();
        Instant start = now.truncatedTo(ChronoUnit.SECONDS);
        CommandId id = new CommandId(session.self().fingerprint().toString(), Ulid.at(now, new Random()));
        Command command = new Command(
                id,
                node.fingerprint().toString(),
                order.channel(),
                order.act(),
                order.setting(),
                Optional.empty(),
                order.time(),
                start,
                start.plus(order.validity()),
                counters().next(node.fingerprint(), now),
                order.sentence());
        return new Written(id, publish(id, command.toJson(), now), command.expires());
    }

    private Counters counters() {
        return new Counters(session.account().privateDirectory().resolve("counters"));
    }

    private StoredFile publish(CommandId id, String json, Instant now) {
        FileName name = FileName.published(CommandId.documentOf(id.ulid()));
        byte[] content = json.getBytes(StandardCharsets.UTF_8);
        Instant signedAt = session.store().signingTime(name, now);
        StoredFile file = session.store()
                .publish(
                        name,
                        session.sealer().seal(() -> new ByteArrayInputStream(content), List.of(node), signedAt, now),
                        new Retention.KeepLast(0));
        sweep();
        return file;
    }

    private void sweep() {
        Deque<FileName> kept = new ArrayDeque<>();
        new FileWalk(session.store(), session.self().fingerprint(), Position.START).forEachRemaining(file -> {
            if (CommandId.ofFile(file.name().value()).isPresent()) {
                kept.add(file.name());
            }
        });
        while (kept.size() > KEPT) {
            session.store().delete(kept.remove());
        }
    }

    /**
     * Brings it to the node; one that knows no pushing will fetch it if it follows us.
     *
     * @throws ExchangeException if the node cannot be reached, or does not take it
     */
    public void bring(Written written, RemotePeer remote) throws IOException {
        try {
            remote.push(written.file());
        } catch (ExchangeException refused) {
            if (refused.reason() != Reason.NOT_SUPPORTED) {
                throw refused;
            }
            session.output()
                    .say("the node takes no files that are brought; it will fetch the command if it follows you");
        }
    }

    /** The result as it comes; empty if it has not come by then, or the end was asked for. */
    public Optional<Answer> await(Written written, Results results, Duration patience)
            throws IOException, InterruptedException {
        FileName name = FileName.published(CommandId.resultOf(written.id().ulid()));
        Optional<byte[]> result = results.await(name, patience);
        return result.map(message -> Answer.parse(session.opener().open(message, node, Results.MAX_BYTES)));
    }
}
