package org.maunode.tools.radio;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.Intake;
import org.maunode.exchange.ListedFile;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.store.ContentStore;
import org.maunode.store.ContentStore.Partial;

/**
 * One file on its way here, over as many connections as it takes: where one was cut, the next goes on. Whole is what has the
 * listed hash; that its author signed it is for others to find out. Confined to one thread.
 */
public final class Download {
    private final ContentStore store;
    private final Fingerprint owner;
    private final RadioMeter meter;
    private Optional<Begun> begun = Optional.empty();

    private record Begun(ListedFile listed, Partial partial, long before) {}

    /**
     * A whole file, not verified.
     *
     * @param before bytes that were here from an earlier run
     */
    public record Whole(ListedFile listed, Partial partial, long before) {}

    public Download(ContentStore store, Fingerprint owner, RadioMeter meter) {
        this.store = Objects.requireNonNull(store);
        this.owner = Objects.requireNonNull(owner);
        this.meter = Objects.requireNonNull(meter);
    }

    /**
     * Fetches the file of that name, or the rest of it.
     *
     * @throws ExchangeException with {@code NOT_FOUND} if there is none for us; if the connection breaks, with what arrived kept
     */
    public Whole of(RemotePeer remote, FileName name) throws IOException {
        return of(
                remote,
                new Listing(remote, owner)
                        .find(name)
                        .orElseThrow(() -> new ExchangeException(
                                Reason.NOT_FOUND, "the node shares no file " + name + " of " + owner + " with you")));
    }

    /** Fetches a listed file, or the rest of it. */
    Whole of(RemotePeer remote, ListedFile listed) throws IOException {
        Begun file = begin(listed);
        boolean resumed = file.partial().length() > 0;
        fetchMissing(remote, file);
        if (resumed && !isWhole(file)) {
            // A power cut may leave blocks that were never written at the end of what an earlier run received.
            file.partial().discard();
            fetchMissing(remote, file);
        }
        if (!isWhole(file)) {
            file.partial().discard();
            throw new ExchangeException(Reason.PROTOCOL, listed.name() + ": its hash is not the listed one");
        }
        meter.ends();
        return new Whole(listed, file.partial(), file.before());
    }

    /** A file that its author changed between two connections begins anew. */
    private Begun begin(ListedFile listed) {
        if (begun.filter(file -> file.listed().sum().equals(listed.sum())).isEmpty()) {
            begun.ifPresent(file -> file.partial().discard());
            Partial partial = store.partial(owner, listed.name(), listed.sum());
            begun = Optional.of(new Begun(listed, partial, partial.length()));
        }
        return begun.get();
    }

    private static boolean isWhole(Begun file) throws IOException {
        return file.partial().length() > 0
                && file.partial().length() == file.listed().size()
                && Intake.isWhole(file.partial(), file.listed().sum());
    }

    private void fetchMissing(RemotePeer remote, Begun file) throws IOException {
        ListedFile listed = file.listed();
        Partial partial = file.partial();
        if (partial.length() > listed.size()) {
            partial.discard();
        }
        meter.begins(listed, partial.length());
        if (partial.length() < listed.size()) {
            remote.fetch(owner, listed.name(), partial.length(), listed.sum(), (offset, total) -> {
                requireSame(listed, total);
                if (offset == 0 && partial.length() > 0) {
                    partial.discard();
                    meter.begins(listed, 0);
                }
                return counted(partial.append());
            });
        }
    }

    /** The next try lists it anew. */
    private static void requireSame(ListedFile listed, long total) {
        if (total != listed.size()) {
            throw new ExchangeException(Reason.BUSY, listed.name() + " changed while it was fetched");
        }
    }

    private OutputStream counted(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                meter.received(length);
            }
        };
    }
}
