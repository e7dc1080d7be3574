package org.maunode.tools.order;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.maunode.exchange.ListedFile;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.Behind;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.exchange.RemotePeer.Page;
import org.maunode.identity.FileName;
import org.maunode.tools.shell.Stop;

/**
 * Waits at a node for a file that it will publish, from where its listing ends now (EX-60). Made before the cause of that
 * file is brought there, so that it cannot be missed. One thread.
 */
public final class Results {
    /** Bytes of a result, sealed or not. */
    static final int MAX_BYTES = 64 * 1024;

    /** Behind this the listing is not looked through: a node's clock may differ from ours. */
    private static final Duration LATELY = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** A node that knows no waiting, or says not where to go on, is asked again after this. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RemotePeer remote;
    private final Stop stop;
    private final From began;
    private From reached;

    public Results(RemotePeer remote, Instant now, Stop stop) {
        this.remote = Objects.requireNonNull(remote);
        this.stop = Objects.requireNonNull(stop);
        this.began = new From.Since(now.minus(LATELY));
        this.reached = end();
    }

    private From end() {
        From from = began;
        Behind behind = remote.list(remote.fingerprint(), from).behind();
        while (behind instanceof Behind.More(String cursor)) {
            from = new From.Next(cursor);
            behind = remote.list(remote.fingerprint(), from).behind();
        }
        return behind instanceof Behind.Nothing(Optional<String> cursor) && cursor.isPresent()
                ? new From.Next(cursor.get())
                : began;
    }

    /** The message; empty if it has not come in this time, or the end was asked for. */
    Optional<byte[]> await(FileName name, Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        Optional<ListedFile> found = Optional.empty();
        long left = patience.toNanos();
        while (found.isEmpty() && left > 0 && !stop.isRequested()) {
            found = look(name, Duration.ofNanos(left));
            left = end - System.nanoTime();
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(fetch(found.get()));
    }

    private Optional<ListedFile> look(FileName name, Duration left) throws InterruptedException {
        Duration wait = left.compareTo(LONGEST) < 0 ? left : LONGEST;
        try (RemotePeer.Watch watch = remote.watch(remote.fingerprint(), reached, wait)) {
            stop.onRequest(watch::close);
            Page page = watch.page();
            boolean waited = watch.waited();
            Optional<ListedFile> found = in(page.files(), name);
            if (found.isEmpty() && !goOn(page, waited)) {
                stop.pause(PAUSE);
            }
            return found;
        }
    }

    /** Whether the node can be asked again at once. */
    private boolean goOn(Page page, boolean waited) {
        return switch (page.behind()) {
            case Behind.More(String cursor) -> {
                reached = new From.Next(cursor);
                yield true;
            }
            case Behind.Nothing(Optional<String> cursor) -> {
                reached = cursor.<From>map(From.Next::new).orElse(began);
                yield waited && cursor.isPresent();
            }
            case Behind.Untold _ -> {
                reached = began;
                yield false;
            }
        };
    }

    private static Optional<ListedFile> in(List<ListedFile> files, FileName name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst();
    }

    private byte[] fetch(ListedFile file) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        remote.fetch(remote.fingerprint(), file.name(), 0, file.sum(), (_, _) -> new Bounded(message));
        return message.toByteArray();
    }

    private static final class Bounded extends OutputStream {
        private final ByteArrayOutputStream taken;

        Bounded(ByteArrayOutputStream taken) {
            this.taken = taken;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (taken.size() + length > MAX_BYTES) {
                throw new IOException("the node's result is larger than " + MAX_BYTES + " bytes");
            }
            taken.write(bytes, offset, length);
        }
    }
}
