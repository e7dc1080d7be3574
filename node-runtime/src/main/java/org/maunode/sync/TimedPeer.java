package org.maunode.sync;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Contact;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.store.StoredFile;
import org.maunode.sync.Scheduler.Alarm;

/**
 * A peer that is hung up on if it wastes our time: a wire waits for each next byte, and a byte now and then would hold a
 * thread for years. Thread-safe.
 */
final class TimedPeer implements RemotePeer {
    /** For a page, which is some hundred kilobytes at most, and for whatever else is short. */
    static final Duration PAGE = Duration.ofMinutes(1);

    /** From one look at a transfer to the next. */
    static final Duration LOOK = Duration.ofMinutes(1);

    /** Bytes that must have come since the last look; a tenth of what the slowest radio carries. */
    static final long LEAST = 32 << 10;

    private final RemotePeer remote;
    private final Scheduler scheduler;
    private volatile boolean tooSlow;

    TimedPeer(RemotePeer remote, Scheduler scheduler) {
        this.remote = remote;
        this.scheduler = scheduler;
    }

    /** Whether it was hung up on. */
    boolean wasTooSlow() {
        return tooSlow;
    }

    private void cut() {
        tooSlow = true;
        remote.close();
    }

    @Override
    public Fingerprint fingerprint() {
        return remote.fingerprint();
    }

    @Override
    public Optional<InetSocketAddress> address() {
        return remote.address();
    }

    @Override
    public boolean isSlow() {
        return remote.isSlow();
    }

    @Override
    public Page list(Fingerprint owner, From from) {
        return within(PAGE, () -> remote.list(owner, from));
    }

    private <T> T within(Duration limit, Supplier<T> call) {
        Alarm guard = scheduler.after(limit, this::cut);
        try {
            return call.get();
        } finally {
            guard.cancel();
        }
    }

    @Override
    public void fetch(Fingerprint owner, FileName name, long offset, VersionHash expected, Receiver receiver)
            throws IOException {
        try (Pace pace = new Pace()) {
            remote.fetch(owner, name, offset, expected, pace.counting(receiver));
        }
    }

    @Override
    public void fetchVersion(Fingerprint owner, FileName name, VersionHash version, Receiver receiver)
            throws IOException {
        try (Pace pace = new Pace()) {
            remote.fetchVersion(owner, name, version, pace.counting(receiver));
        }
    }

    /** As long as a peer may take that takes the least that is borne. */
    @Override
    public void push(StoredFile file) throws IOException {
        Alarm guard = scheduler.after(PAGE.plus(LOOK.multipliedBy(file.size() / LEAST)), this::cut);
        try {
            remote.push(file);
        } finally {
            guard.cancel();
        }
    }

    @Override
    public Watch watch(Fingerprint owner, From from, Duration wait) {
        Watch watch = remote.watch(owner, from, wait);
        return new Watch() {
            @Override
            public CompletableFuture<?> answered() {
                return watch.answered();
            }

            @Override
            public boolean waited() {
                return watch.waited();
            }

            @Override
            public Page page() {
                return within(PAGE, watch::page);
            }

            @Override
            public void close() {
                watch.close();
            }
        };
    }

    @Override
    public void ping() {
        remote.ping();
    }

    @Override
    public List<Contact> contactsNear(Fingerprint target) {
        return remote.contactsNear(target);
    }

    @Override
    public void close() {
        remote.close();
    }

    /** Looks at one transfer now and then. */
    private final class Pace implements AutoCloseable {
        private final AtomicLong received = new AtomicLong();
        private Alarm next = scheduler.after(LOOK, this::look);
        private boolean over;

        Receiver counting(Receiver receiver) {
            return (offset, total) -> new FilterOutputStream(receiver.begin(offset, total)) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                    received.addAndGet(length);
                }

                @Override
                public void close() throws IOException {
                    out.close();
                }
            };
        }

        private synchronized void look() {
            if (over) {
                return;
            }
            if (received.getAndSet(0) < LEAST) {
                cut();
            } else {
                next = scheduler.after(LOOK, this::look);
            }
        }

        @Override
        public synchronized void close() {
            over = true;
            next.cancel();
        }
    }
}
