package org.maunode.device.command;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.device.driver.DriverException;
import org.maunode.device.profile.Setting;
import org.maunode.device.vocabulary.Act;
import org.maunode.device.vocabulary.Command;
import org.maunode.device.vocabulary.CommandId;
import org.maunode.device.vocabulary.CommandResult;
import org.maunode.device.vocabulary.CommandResult.About;
import org.maunode.device.vocabulary.DocumentException;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.device.vocabulary.ResultCode;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.openpgp.SecretIdentity;
import org.maunode.store.Position;
import org.maunode.store.StoreException;
import org.maunode.store.StoredFile;

/** One command's way from its file to its answer. Confined to one thread. */
final class Hearing {
    /** Bytes of a command's file; its content is less than half of that. */
    static final int MAX_FILE = 64 * 1024;

    /** Bytes of a command; the vocabulary's own limit is lower. */
    private static final int MAX_CONTENT = 32 * 1024;

    private static final Logger LOG = Logger.getLogger("org.maunode.device");

    private final NodeId node;
    private final SecretIdentity self;
    private final Opener opener;
    private final Judge judge;
    private final Ledger ledger;
    private final DeskClock clock;

    Hearing(NodeId node, SecretIdentity self, Judge judge, Ledger ledger, DeskClock clock) {
        this.node = Objects.requireNonNull(node);
        this.self = Objects.requireNonNull(self);
        this.opener = new Opener(self);
        this.judge = Objects.requireNonNull(judge);
        this.ledger = Objects.requireNonNull(ledger);
        this.clock = Objects.requireNonNull(clock);
    }

    /** A file that is called as a command, and what its place says of it. */
    record Received(CommandId named, StoredFile file, PublicIdentity author, Position settled) {
        String sha256() {
            return file.sum().toString();
        }

        /** What is known of it if its content is not. */
        About unread() {
            return new About(named, sha256(), Act.CONTROL, "Command " + named.ulid(), List.of());
        }
    }

    /**
     * Reads, judges, and carries out what is right.
     *
     * @return what became of it; empty if it is none of this node's
     * @throws StoreException if the disk does not give the file, or does not take what must be written down before
     */
    Optional<CommandResult> hear(Received received) {
        Instant from = clock.now();
        StoredFile file = received.file();
        if (file.envelope().sealed()
                && !file.envelope().isReadableBy(self.publicIdentity().keyIds())) {
            return Optional.empty();
        }
        if (file.size() > MAX_FILE) {
            return Optional.of(dismissed(received, "its file is larger than " + MAX_FILE + " bytes", from));
        }
        try {
            Command command = Command.parse(opener.open(bytes(file), received.author(), MAX_CONTENT));
            return Optional.of(decide(command, received, from));
        } catch (DocumentException malformed) {
            return Optional.of(dismissed(received, "it is not understood: " + malformed.getMessage(), from));
        } catch (OpenPgpException unproved) {
            LOG.log(Level.WARNING, "{0} of {1} is passed over: {2}", new Object[] {
                file.name(), file.owner(), unproved.getMessage()
            });
            return Optional.empty();
        }
    }

    private static byte[] bytes(StoredFile file) {
        try {
            return Files.readAllBytes(file.path());
        } catch (IOException failed) {
            throw StoreException.of("read " + file.name(), file.path(), failed);
        }
    }

    private CommandResult dismissed(Received received, String why, Instant from) {
        return result(received.unread(), Optional.empty(), ResultCode.DENIED, why, from);
    }

    private CommandResult decide(Command command, Received received, Instant from) {
        About about = new About(received.named(), received.sha256(), command.act(), command.name(), List.of());
        Optional<ActuatorFeed> feed = judge.feed(command.channel());
        long counter = ledger.counter(Fingerprint.of(received.named().author()));
        return switch (judge.judge(command, received.named(), counter)) {
            case Verdict.Dismiss(ResultCode code, String why) -> result(about, feed, code, why, from);
            case Verdict.Refuse(ResultCode code, String why) -> {
                ledger.begin(intent(command, received, Optional.of(code), why));
                yield result(about, feed, code, why, from);
            }
            case Verdict.Obey(ActuatorFeed known, Setting wanted) -> {
                begin(command, received, known, wanted);
                yield carryOut(command, about, known, wanted, from);
            }
        };
    }

    private static Intent intent(Command command, Received received, Optional<ResultCode> code, String why) {
        return Intent.of(command, received.file(), code, why, received.settled());
    }

    /** What makes a thing safe is done though nothing can be written down: it does no harm if it is done again. */
    private void begin(Command command, Received received, ActuatorFeed feed, Setting wanted) {
        Intent intent = intent(command, received, Optional.empty(), "");
        try {
            ledger.begin(intent);
        } catch (StoreException full) {
            if (!wanted.equals(feed.channel().safety().failSafe())) {
                throw full;
            }
            LOG.log(Level.WARNING, "{0} is obeyed though it cannot be written down: {1}", new Object[] {
                received.file().name(), full.getMessage()
            });
            ledger.beginUnwritten(intent);
        }
    }

    private CommandResult carryOut(Command command, About about, ActuatorFeed feed, Setting wanted, Instant from) {
        try {
            boolean changed = feed.obey(wanted, command.duration(), command.id());
            ResultCode code = changed ? ResultCode.APPLIED : ResultCode.UNCHANGED;
            return new CommandResult(
                    node,
                    about,
                    code,
                    feed.sentence(),
                    Optional.of(feed.channel()),
                    Optional.of(feed.state()),
                    from,
                    clock.now());
        } catch (DriverException fault) {
            LOG.log(Level.WARNING, "{0}: {1}", new Object[] {feed.channel().name(), fault.getMessage()});
            return result(about, Optional.of(feed), ResultCode.FAULT, words(feed, fault), from);
        }
    }

    /** The driver's own words name files of this machine. */
    private static String words(ActuatorFeed feed, DriverException fault) {
        return feed.channel().name()
                + (fault.reason() == DriverException.Reason.VANISHED ? " is not there" : " cannot be switched")
                + "; it is brought back to "
                + feed.channel().say(feed.channel().safety().failSafe())
                + " as soon as it answers";
    }

    CommandResult result(About about, Optional<ActuatorFeed> feed, ResultCode code, String why, Instant from) {
        return new CommandResult(
                node, about, code, why, feed.map(ActuatorFeed::channel), Optional.empty(), from, clock.now());
    }

    /** What is said of a command that was begun before a restart. */
    CommandResult afterRestart(Intent intent) {
        Optional<ActuatorFeed> feed = judge.feed(intent.channel());
        String now = feed.map(known -> "; " + known.sentence()).orElse("");
        String words =
                intent.code().isPresent() ? intent.words() : "the node was restarted while it was carried out" + now;
        About about = new About(intent.id(), intent.sha256(), intent.act(), intent.name(), List.of());
        return result(about, feed, intent.code().orElse(ResultCode.FAULT), words, clock.now());
    }

    /** What is said of commands that came too many to be read. */
    CommandResult together(Crowd crowd) {
        String words = "%d commands came too fast and were not read; %d at once and one every %d s are"
                .formatted(crowd.count(), Commander.MOST_AT_ONCE, Commander.ONE_EACH.toSeconds());
        About about =
                new About(crowd.last(), crowd.lastFile().sum().toString(), Act.CONTROL, crowd.name(), crowd.others());
        return result(about, Optional.empty(), ResultCode.BUSY, words, clock.now());
    }
}
