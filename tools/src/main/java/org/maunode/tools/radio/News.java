package org.maunode.tools.radio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.ListedFile;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.openpgp.Envelope;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Progress;

/**
 * What a node publishes, from its newest file on, for as long as it is asked: waited for at the node (EX-60), fetched, and
 * handed on. Goes on over another connection where the last one was cut. Confined to one thread.
 *
 * <pre>
 *   newest ──► wait ──► page of news ──► fetch each ──► wait ...
 * </pre>
 */
public final class News {
    /** Larger files would keep readings waiting for minutes, and their content is not described anyway. */
    public static final long MAX_BYTES = 256 << 10;

    /** What is new to the node is looked for in what came there lately, then further back. */
    private static final List<Duration> LATELY = List.of(Duration.ofMinutes(10), Duration.ofDays(1));

    private static final Duration RENEWAL = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int REMEMBERED = 256;

    private final Session session;
    private final int last;
    private final Reader reader;
    private final RadioMeter meter;
    private final Set<String> told = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });
    private Optional<From> reached = Optional.empty();
    private long answers;

    /** Takes what is new. */
    public interface Reader {
        /** A whole file, not verified; its path is good until this returns. */
        void read(StoredFile file);

        /** A file of more than {@link #MAX_BYTES}, which was not fetched. */
        void large(ListedFile file);
    }

    /** @param last how many of the files that are there already */
    public News(Session session, int last, Reader reader) {
        this.session = Objects.requireNonNull(session);
        this.last = last;
        this.reader = Objects.requireNonNull(reader);
        this.meter = new RadioMeter(
                Progress.on(session.shell(), session.output()), session.shell().clock());
    }

    /** Grows with each answer of the node. */
    public long answers() {
        return answers;
    }

    /**
     * Hands on what comes over one connection, until that breaks.
     *
     * @throws InterruptedException if the command was asked to end
     */
    public void over(RemotePeer remote) throws IOException, InterruptedException {
        if (reached.isEmpty()) {
            begin(remote);
        }
        while (true) {
            if (!await(remote) && session.shell().stop().pause(PAUSE)) {
                throw new InterruptedException();
            }
        }
    }

    private void begin(RemotePeer remote) throws IOException {
        Deque<ListedFile> newest = new ArrayDeque<>();
        From end = new From.Since(Instant.MIN);
        for (int span = 0; span == 0 || span <= LATELY.size() && newest.size() < last; span++) {
            newest.clear();
            end = new Listing(remote, remote.fingerprint())
                    .from(since(span), page -> page.files().forEach(file -> keep(newest, file)));
            answers++;
        }
        for (ListedFile file : newest) {
            tell(remote, file);
        }
        reached = Optional.of(end);
    }

    private From since(int span) {
        return new From.Since(
                span < LATELY.size() ? session.shell().clock().instant().minus(LATELY.get(span)) : Instant.MIN);
    }

    private void keep(Deque<ListedFile> newest, ListedFile file) {
        newest.add(file);
        if (newest.size() > last) {
            newest.remove();
        }
    }

    /** {@code false} if it answered at once with nothing new: it does not wait, or wastes our time. */
    private boolean await(RemotePeer remote) throws IOException {
        From from = reached.orElseThrow();
        try (RemotePeer.Watch watch = remote.watch(remote.fingerprint(), from, RENEWAL)) {
            RemotePeer.Page page = watch.page();
            boolean news = false;
            for (ListedFile file : page.files()) {
                news |= tell(remote, file);
            }
            reached = Optional.of(Listing.behind(page, from));
            answers++;
            return news || watch.waited() && page.files().isEmpty();
        }
    }

    private boolean tell(RemotePeer remote, ListedFile listed) throws IOException {
        if (!told.add(listed.name() + " " + listed.sum())) {
            return false;
        }
        if (listed.size() > MAX_BYTES) {
            reader.large(listed);
            return true;
        }
        try {
            read(remote, new Download(session.store(), remote.fingerprint(), meter).of(remote, listed));
        } catch (ExchangeException failed) {
            forgive(listed, failed);
        }
        return true;
    }

    /** What changed meanwhile comes again by itself. */
    private void forgive(ListedFile listed, ExchangeException failed) {
        if (Set.of(Reason.NOT_FOUND, Reason.NOT_ALLOWED, Reason.RANGE).contains(failed.reason())) {
            return;
        }
        told.remove(listed.name() + " " + listed.sum());
        if (failed.reason() != Reason.BUSY) {
            throw failed;
        }
    }

    private void read(RemotePeer remote, Download.Whole file) throws IOException {
        try {
            Path path = file.partial().path();
            ListedFile listed = file.listed();
            Instant came = listed.modified().orElseGet(session.shell().clock()::instant);
            reader.read(new StoredFile(
                    remote.fingerprint(), listed.name(), path, listed.size(), came, listed.sum(), envelope(path)));
        } finally {
            file.partial().discard();
        }
    }

    /** Of what is no message nothing is said here: whoever verifies it finds out. */
    private static Envelope envelope(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Envelope.read(in);
        } catch (OpenPgpException noMessage) {
            return new Envelope(false, List.of());
        }
    }
}
