package org.maunode.tools.command;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
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
    /** Signing twice within a second is no sign of a wrong clock. */
    private static final Duration HASTE = Duration.ofMinutes(1);

    private Publishing() {}

    /** A newer signature replaces an older one: so the next is later than the last, even if the clock was set back. */
    private static Instant signingTime(Session session, FileName name, Instant now) {
        Instant time = session.store().signingTime(name, now);
        if (time.isAfter(now.plus(HASTE))) {
            session.output()
                    .warn("this computer's clock stands before the last version of " + name + " or your own key: "
                            + session.output().time(now) + "; signed for "
                            + session.output().time(time)
                            + ", so that those who follow you take it");
        }
        return time;
    }

    /** Seals and writes; what was there becomes a version. @param size of the content in bytes, 0 if it is not known */
    static StoredFile publish(Session session, FileName name, Content content, long size, Readers readers) {
        Meter meter = new Meter(session.shell().clock().instant());
        meter.expect(size, 0);
        try (Progress progress = Progress.on(session.shell(), session.output())) {
            Content watched = () -> new Watched(content.open(), count -> {
                meter.moved(count);
                progress.update(() ->
                        name + "  " + meter.describe(session.shell().clock().instant()));
            });
            return session.store().publish(name, message(session, name, watched, readers), new Retention.KeepAll());
        }
    }

    private static OutgoingMessage message(Session session, FileName name, Content content, Readers readers) {
        Instant now = session.shell().clock().instant();
        Instant signedAt = signingTime(session, name, now);
        return switch (readers) {
            case Readers.Everybody _ -> session.sealer().sign(content, signedAt);
            case Readers.Chosen chosen -> session.sealer().seal(content, chosen.known(), signedAt, now);
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
