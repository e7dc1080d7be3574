package org.maunode.tools.command;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.maunode.identity.FileName;
import org.maunode.openpgp.Sealer.Content;
import org.maunode.openpgp.Sealer.OutgoingMessage;
import org.maunode.store.Retention;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.Readers;
import org.maunode.tools.account.Records;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Meter;
import org.maunode.tools.output.Progress;
import org.maunode.tools.output.Quantities;

/** Puts content into the account's directory, signed now, and sealed unless it is public. */
final class Publishing {
    /** Larger files are not read again just to compare times. */
    private static final long VERIFIED_IN_PASSING = 1 << 20;

    private Publishing() {}

    /** A newer signature replaces an older one; so a clock that was set back keeps a new version from spreading. */
    private static void warnIfClockIsBehind(Session session, FileName name) {
        Instant now = session.shell().clock().instant();
        session.store()
                .find(session.account().fingerprint(), name)
                .filter(before -> before.size() <= VERIFIED_IN_PASSING)
                .map(before -> Verification.of(session, session.people(), before))
                .filter(result -> result instanceof Verification.Good good
                        && good.signedAt().isAfter(now))
                .ifPresent(_ -> session.output()
                        .warn("the version of " + name + " before this one was signed later than this computer's clock"
                                + " says it is now; those who follow you will keep that one"));
    }

    /** Seals and writes; what was there becomes a version. @param size of the content in bytes, 0 if it is not known */
    static StoredFile publish(Session session, FileName name, Content content, long size, Readers readers) {
        warnIfClockIsBehind(session, name);
        Meter meter = new Meter(session.shell().clock().instant());
        meter.expect(size, 0);
        try (Progress progress = Progress.on(session.shell(), session.output())) {
            Content watched = () -> new Watched(content.open(), count -> {
                meter.moved(count);
                progress.update(() ->
                        name + "  " + meter.describe(session.shell().clock().instant()));
            });
            return session.store().publish(name, message(session, watched, readers), new Retention.KeepAll());
        }
    }

    private static OutgoingMessage message(Session session, Content content, Readers readers) {
        var now = session.shell().clock().instant();
        return switch (readers) {
            case Readers.Everybody _ -> session.sealer().sign(content, now);
            case Readers.Chosen chosen -> session.sealer().seal(content, chosen.known(), now);
        };
    }

    /** Tells what was written. */
    static void tell(Session session, StoredFile file, Readers readers) {
        session.output()
                .record(
                        readers.addTo(Records.file(file)).add("changed", true),
                        file.name() + "  " + Quantities.bytes(file.size()) + "  " + readers.describe());
    }

    /** Hears of the bytes that pass. */
    @FunctionalInterface
    private interface Listener {
        void moved(long count);
    }

    private static final class Watched extends FilterInputStream {
        private final Listener listener;

        Watched(InputStream in, Listener listener) {
            super(in);
            this.listener = listener;
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            if (next >= 0) {
                listener.moved(1);
            }
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            if (count > 0) {
                listener.moved(count);
            }
            return count;
        }
    }
}
